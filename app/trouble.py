"""What is wrong with this seat's files, and what to do: sentences for the message bar."""

from app.cache.errors import DiskTrouble
from app.messages import Level, Messages
from app.text import translate


def disk_words(trouble: DiskTrouble | None) -> str:
    """Why the disk does not take anything and what to do about it."""
    match trouble:
        case DiskTrouble.FULL:
            return translate("Trouble", "磁盘已满,请腾出空间")
        case DiskTrouble.READ_ONLY:
            return translate("Trouble", "磁盘或数据文件夹是只读的,请运维人员改为可写")
        case DiskTrouble.NO_ACCESS:
            return translate("Trouble", "没有写数据文件夹的权限,请运维人员检查文件夹权限")
        case _:
            return translate("Trouble", "磁盘读写出错,请运维人员检查磁盘和配额")


def tell_trouble(messages: Messages, code: str) -> None:
    """`code`: DISK_ with a DiskTrouble, DISK_OK, CACHE_DAMAGED, OUTBOX_DAMAGED, OTHER_NETWORK."""
    if code == "DISK_OK":
        words = translate("Trouble", "磁盘又能写入,数据恢复保存")
        messages.post(Level.GOOD, words, key="disk")
    elif code == "CACHE_DAMAGED":
        words = translate("Trouble", "本机缓存损坏,已另存,正从服务器重新同步")
        messages.post(Level.WARN, words, key=code)
    elif code == "OUTBOX_DAMAGED":
        words = translate("Trouble", "待发箱文件损坏,已另存;请联系运维人员找回未发操作")
        messages.post(Level.BAD, words, key=code)
    elif code == "OTHER_NETWORK":
        words = translate("Trouble", "路况来自另一版路网,没有显示;请更新本机的路网文件")
        messages.post(Level.WARN, words, key=code)
    else:
        why = disk_words(DiskTrouble(code.removeprefix("DISK_")))
        words = translate("Trouble", "新数据只显示、不保存:{why}").format(why=why)
        messages.post(Level.BAD, words, key="disk")


def tell_unsaved(messages: Messages, trouble: DiskTrouble | None) -> None:
    """An act is not taken: its author must do it again."""
    words = translate("Trouble", "操作没有保存,排除后请重试:{why}").format(why=disk_words(trouble))
    messages.post(Level.BAD, words, key="UNSAVED")
