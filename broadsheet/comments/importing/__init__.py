"""Conversations from elsewhere: Disqus (XML), WordPress (WXR), Isso (its database), Remark42 (its backup), and ours.

    for comment in read_comments(path):     # raises CommentsFileError with what is wrong and where
        ...

Readers only read: which story a page's address belongs to, and who a name is here, is decided by the caller. A parent
comes before its replies when the file allows it; callers that need it always sort by time.
"""

from broadsheet.comments.importing.comment import CommentsFileError, ImportedComment
from broadsheet.comments.importing.reading import FORMATS, read_comments, recognize

__all__ = ["FORMATS", "CommentsFileError", "ImportedComment", "read_comments", "recognize"]
