"""Following live files: rotations as lumberjack, logrotate and the kubelet make them, crashes, and many files."""
