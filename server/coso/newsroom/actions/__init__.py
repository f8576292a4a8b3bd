"""Writing: each function is one decision that a person takes, in one transaction, with one journal entry."""

from coso.newsroom.actions.lexicon import add_word, change_word, remove_word
from coso.newsroom.actions.review import approve_bulletin, return_bulletin, submit_bulletin, withdraw_bulletin
from coso.newsroom.actions.sounds import make_sound, request_sound, stop_sound, upload_recording
from coso.newsroom.actions.writing import edit_bulletin, write_bulletin

__all__ = [
    "add_word",
    "approve_bulletin",
    "change_word",
    "edit_bulletin",
    "make_sound",
    "remove_word",
    "request_sound",
    "return_bulletin",
    "stop_sound",
    "submit_bulletin",
    "upload_recording",
    "withdraw_bulletin",
    "write_bulletin",
]
