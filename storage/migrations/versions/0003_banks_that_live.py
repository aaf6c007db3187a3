"""Banks that live."""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Step forward."""
    _document_texts()
    _law_rows()
    _imports()
    _uploads()
    _import_questions()
    _question_tags()
    _objections()
    _audit()
    _banks()
    _question_versions()
    _questions()
    _round_questions()


def downgrade() -> None:
    """Step back."""
    with op.batch_alter_table("round_questions", schema=None) as batch_op:
        batch_op.drop_index("ix_round_questions_version_id")

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_index("ix_questions_law")
        batch_op.drop_index("ix_questions_in_force_to")
        batch_op.drop_column("alert_detail")
        batch_op.drop_column("alert")
        batch_op.drop_column("findings")
        batch_op.drop_column("words")
        batch_op.drop_column("law")
        batch_op.drop_column("kind")

    with op.batch_alter_table("question_versions", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_question_versions_author_id_people"), type_="foreignkey"
        )
        batch_op.drop_index("ix_question_versions_document_id")
        batch_op.drop_column("voided_at")
        batch_op.drop_column("author_id")

    with op.batch_alter_table("banks", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_banks_owner_id_people"), type_="foreignkey")
        batch_op.drop_column("retired_at")
        batch_op.drop_column("owner_id")

    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_subject")

    op.drop_table("objections")
    op.drop_table("question_tags")
    op.drop_table("import_questions")
    op.drop_table("uploads")
    op.drop_table("imports")
    op.drop_table("law_rows")
    op.drop_table("document_texts")


def _document_texts() -> None:
    op.create_table(
        "document_texts",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_document_texts_document_id_documents")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_texts")),
    )


def _law_rows() -> None:
    op.create_table(
        "law_rows",
        sa.Column("title", sa.String(length=256), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("person_id", ROW_ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_law_rows_person_id_people")
        ),
        sa.PrimaryKeyConstraint("title", name=op.f("pk_law_rows")),
    )


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("bank_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=True),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_imports_bank_id_banks")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_imports_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.create_index("ix_imports_bank_id", ["bank_id"], unique=False)


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("bank_id", ROW_ID, nullable=True),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_uploads_bank_id_banks")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_uploads_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_uploads_created_at"), ["created_at"], unique=False)


def _import_questions() -> None:
    op.create_table(
        "import_questions",
        sa.Column("import_id", ROW_ID, nullable=False),
        sa.Column("question_id", ROW_ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_before", sa.Integer(), nullable=False),
        sa.Column("status_before", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_questions_import_id_imports")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_import_questions_question_id_questions"),
        ),
        sa.PrimaryKeyConstraint("import_id", "question_id", name=op.f("pk_import_questions")),
    )
    with op.batch_alter_table("import_questions", schema=None) as batch_op:
        batch_op.create_index("ix_import_questions_question_id", ["question_id"], unique=False)


def _question_tags() -> None:
    op.create_table(
        "question_tags",
        sa.Column("question_id", ROW_ID, nullable=False),
        sa.Column("tag", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_tags_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", "tag", name=op.f("pk_question_tags")),
    )
    with op.batch_alter_table("question_tags", schema=None) as batch_op:
        batch_op.create_index("ix_question_tags_tag", ["tag"], unique=False)


def _objections() -> None:
    op.create_table(
        "objections",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("version_id", ROW_ID, nullable=False),
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", ROW_ID, nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_objections_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["people.id"], name=op.f("fk_objections_settled_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["question_versions.id"],
            name=op.f("fk_objections_version_id_question_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint(
            "version_id", "person_id", name=op.f("uq_objections_version_id_person_id")
        ),
    )
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.create_index("ix_objections_settled_at", ["settled_at"], unique=False)


def _audit() -> None:
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_subject", ["subject"], unique=False)


def _banks() -> None:
    with op.batch_alter_table("banks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner_id", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_banks_owner_id_people"), "people", ["owner_id"], ["id"]
        )


def _question_versions() -> None:
    with op.batch_alter_table("question_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("author_id", ROW_ID, nullable=True))
        batch_op.add_column(sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_question_versions_document_id", ["document_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_question_versions_author_id_people"), "people", ["author_id"], ["id"]
        )


def _questions() -> None:
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("law", sa.String(length=256), nullable=True))
        batch_op.add_column(sa.Column("words", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("findings", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("alert", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("alert_detail", sa.Text(), nullable=True))
        batch_op.create_index("ix_questions_in_force_to", ["in_force_to"], unique=False)
        batch_op.create_index("ix_questions_law", ["law"], unique=False)
    _lay_out()
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.alter_column("kind", existing_type=sa.String(length=16), nullable=False)
        batch_op.alter_column("words", existing_type=sa.Text(), nullable=False)
        batch_op.alter_column("findings", existing_type=sa.JSON(), nullable=False)


def _lay_out() -> None:
    """Give the questions already there what their current version says."""
    connection = op.get_bind()
    questions = sa.table(
        "questions",
        *(sa.column(name) for name in ("id", "version", "kind", "law", "words")),
        sa.column("findings", sa.JSON()),
    )
    versions = sa.table(
        "question_versions",
        *(sa.column(name) for name in ("question_id", "number", "kind")),
        sa.column("payload", sa.JSON()),
    )
    tags = sa.table("question_tags", sa.column("question_id"), sa.column("tag"))
    rows = connection.execute(
        sa.select(questions.c.id, versions.c.kind, versions.c.payload).join_from(
            questions,
            versions,
            (versions.c.question_id == questions.c.id)
            & (versions.c.number == questions.c.version),
        )
    ).all()
    for row in rows:
        said = row.payload
        words = "\n".join([said["stem"], *said["options"], *said["answers"]])
        connection.execute(
            sa.update(questions)
            .where(questions.c.id == row.id)
            .values(
                kind=row.kind,
                law=(said.get("basis") or {}).get("law"),
                words="".join(unicodedata.normalize("NFKC", words).lower().split()),
                findings=[],
            )
        )
        for tag in dict.fromkeys(said.get("tags", ())):
            connection.execute(sa.insert(tags).values(question_id=row.id, tag=tag))


def _round_questions() -> None:
    with op.batch_alter_table("round_questions", schema=None) as batch_op:
        batch_op.create_index("ix_round_questions_version_id", ["version_id"], unique=False)
