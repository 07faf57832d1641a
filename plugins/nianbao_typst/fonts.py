"""Which of the fonts that a theme names are on this machine, by whichever of their names."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao import PluginError

# One font has a Chinese name, a Latin one, and sometimes that of another foundry's release of the same design.
NAMES = (
    ("仿宋", "FangSong"),
    ("仿宋_GB2312", "FangSong_GB2312"),
    ("楷体", "KaiTi"),
    ("楷体_GB2312", "KaiTi_GB2312"),
    ("黑体", "SimHei"),
    ("宋体", "SimSun"),
    ("新宋体", "NSimSun"),
    ("隶书", "LiSu"),
    ("微软雅黑", "Microsoft YaHei"),
    ("等线", "DengXian"),
    ("华文仿宋", "STFangsong"),
    ("华文楷体", "STKaiti"),
    ("华文宋体", "STSong"),
    ("华文中宋", "STZhongsong"),
    ("华文细黑", "STXihei"),
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S"),
    ("方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
    ("思源宋体", "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC"),
    ("思源黑体", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC"),
    ("霞鹜文楷", "LXGW WenKai"),
    ("AR PL UKai CN", "AR PL UKai"),  # typst takes the last word for "condensed"
)
_ALIKE = {name.casefold(): names for names in NAMES for name in names}


class Shelf:
    """The fonts of this machine and of some folders, by the names of their families."""

    def __init__(self, families: Iterable[str]) -> None:
        self.families = {family.casefold(): family for family in families}

    def found(self, names: tuple[str, ...]) -> list[str]:
        """Those of some fonts that are here, under the names that typst knows, in the same order."""
        wanted = (name for font in names for name in (font, *_ALIKE.get(font.casefold(), ())))
        return list(dict.fromkeys(self.families[name.casefold()] for name in wanted if name.casefold() in self.families))


def missing(roles: Iterable[tuple[str, tuple[str, ...]]]) -> PluginError:
    """The message for roles of which no font is here: (name of the role, its fonts)."""
    told = [f"{role}（{'、'.join(fonts)}）" for role, fonts in roles]
    said = [f"{role} ({', '.join(fonts)})" for role, fonts in roles]
    return PluginError(
        f"这台电脑没有版式要用的字体：{'；'.join(told)}", f"none of the theme's fonts is on this computer: {'; '.join(said)}",
        mend=(
            "任装其一。Debian、Ubuntu：apt install fonts-noto-cjk fonts-arphic-ukai；麒麟、统信：在应用商店装中文字体；Windows、macOS："
            "双击字体文件安装。也可在 formats 里写 pdf: {fonts: 放字体的文件夹}，或在版式的 style 里加上已有的字体。",
            "Install one of them. Debian, Ubuntu: apt install fonts-noto-cjk fonts-arphic-ukai; Kylin, UOS: from the store; Windows, macOS: open "
            "the font's file and install it. Or set `pdf: {fonts: FOLDER}` under formats, or name a font that you have in the theme's `style`.",
        ),
    )  # fmt: skip
