"""What the system says of files and disks, in Chinese."""

from __future__ import annotations

import errno

_WORDS = {
    errno.EISDIR: "那里是一个文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EEXIST: "那里已有一个同名的文件",
    errno.ENOENT: "路径不存在",
    errno.EACCES: "没有权限，或文件正被别的程序打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘空间不足",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EINVAL: "文件名里有不能用的字符",
    errno.ELOOP: "路径里的链接绕成了圈",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.EBADF: "输出已被关闭",
    errno.EIO: "磁盘读写出错",
}


def reason(error: OSError) -> str:
    """Why something could not be read or written; an error of our own has its words already."""
    if error.errno is None:
        return str(error)
    return _WORDS.get(error.errno, f"系统错误 {error.errno}")
