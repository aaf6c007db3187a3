"""Questions as people type them: 1. 题干 / A. … / 答案： / 解析：, in text or Word."""
