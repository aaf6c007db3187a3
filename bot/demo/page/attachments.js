// Files waiting to be sent: picked, dropped or pasted, shown as chips above the input.

import { byId, el, icon } from "./dom.js";
import { sizeLabel } from "./dates.js";

export class Attachments {
  #list = byId("attachments");
  #files = [];
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
    const picker = byId("picker");
    byId("attach").addEventListener("click", () => picker.click());
    picker.addEventListener("change", () => {
      this.add(picker.files);
      picker.value = "";
    });
    byId("input").addEventListener("paste", (event) => this.#pasted(event));
    this.#acceptDrops(byId("conversation"), byId("drop"));
  }

  get files() {
    return this.#files;
  }

  set files(files) {
    this.#files = files;
    this.#list.hidden = files.length === 0;
    this.#list.replaceChildren(...files.map((file) => this.#chip(file)));
    this.#onChange();
  }

  add(files) {
    if (byId("composer").hidden || files.length === 0) return;
    this.files = [...this.#files, ...files];
    byId("input").focus();
  }

  #chip(file) {
    const drop = () => {
      this.files = this.#files.filter((other) => other !== file);
      byId("input").focus();
    };
    return el("li", { class: "chip" },
      icon("file"),
      el("span", { class: "file-name", text: file.name }),
      el("span", { class: "file-size", text: sizeLabel(file.size) }),
      el("button", { type: "button", "aria-label": `不发送 ${file.name}`, on: { click: drop } },
        icon("close")),
    );
  }

  #pasted(event) {
    const { files } = event.clipboardData;
    if (files.length === 0) return;
    event.preventDefault();
    this.add(files);
  }

  #acceptDrops(area, curtain) {
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    // Anywhere else on the page a dropped file would replace the page.
    for (const name of ["dragover", "drop"]) {
      window.addEventListener(name, (event) => carriesFiles(event) && event.preventDefault());
    }
    area.addEventListener("dragenter", (event) => {
      if (carriesFiles(event) && !byId("composer").hidden) curtain.hidden = false;
    });
    area.addEventListener("dragleave", (event) => {
      if (!area.contains(event.relatedTarget)) curtain.hidden = true;
    });
    area.addEventListener("drop", (event) => {
      curtain.hidden = true;
      this.add(event.dataTransfer.files);
    });
  }
}
