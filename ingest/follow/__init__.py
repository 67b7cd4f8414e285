"""Follow live files as API servers write them.

Files are looked at several times a second instead of being watched: the kernel's notices do not cross network file systems and the
mounts of containers. A look at a thousand idle files took 4 to 7 ms of processor time where it was measured, and listing their folder,
which is done once a second, 22 ms: a twentieth of a core. The position of every file is in the ledger alone.
"""

from auditradar.ingest.follow.followers import Followers, FollowOptions

__all__ = ["FollowOptions", "Followers"]
