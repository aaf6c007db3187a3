"""邀请: links made by admins; only the hash of a code is kept."""
