"""Follow live files as API servers write them.

Files are looked at several times a second instead of being watched: the kernel's notices do not cross network file systems and the
mounts of containers, and looking at a thousand files takes three milliseconds. The position of every file is in the ledger alone.
"""

from auditradar.ingest.follow.followers import Followers, FollowOptions

__all__ = ["FollowOptions", "Followers"]
