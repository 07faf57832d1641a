"""Letters as labels are compared: simplified, in NFKC, without spaces and hidden pinyin; each with its index in the text."""

from __future__ import annotations

import functools
import re

from nianbao.prose import folded

# Traditional forms and radicals, which NFKC leaves alone, of the letters that labels, titles and names of bodies have.
_PAIRS = (
    "總总為为務务處处與与業业舉举員员體体傳传價价僅仅億亿內内決决況况準准減减製制辦办動动區区單单歷历參参雙双復复複复報报場场將将導导層层開开張张強强彙汇應应態态執执護护據据擬拟擴扩數数斷断無无時时會会東东"
    "條条來来標标構构機机權权檢检歸归氣气沒没淨净測测漢汉災灾監监確确禮礼種种積积穩稳築筑類类糾纠紀纪約约納纳級级組组結结經经統统繼继續续維维編编縣县罰罚職职聯联臺台規规覽览訂订計计訊讯訓训認认討讨讓让議议"
    "許许訴诉訪访設设證证評评詢询該该語语說说請请諮咨調调變变財财責责貫贯費费資资質质購购貿贸賬账農农過过達达違违運运還还進进連连遠远選选遞递適适郵邮鄉乡醫医釋释錄录鎮镇長长門门問问間间關关閱阅隊队陽阳際际"
    "險险隱隐難难電电靈灵預预領领題题額额願愿風风飛飞黨党齊齐龍龙龜龟國国圖图團团園园實实審审寫写寶宝專专對对屬属島岛廣广廳厅慶庆戶户搶抢擇择撫抚擊击樣样橋桥樓楼濟济灣湾爭争狀状獨独環环異异療疗發发眾众礦矿"
    "稅税節节簡简糧粮網网縮缩羅罗義义聲声聽听藥药蘇苏術术衛卫補补見见視视觀观觸触訟讼詞词誤误課课謝谢⺠民⻓长⻔门⻋车⻅见⻚页⻢马⻛风⻜飞⻩黄⻬齐⻰龙⻥鱼⻘青⻝食⻄西⻆角⻉贝⻙韦⻤鬼⻧卤⻦鸟⻨麦⻮齿⻱龟⺟母"
    "⼾户⽆无點点學学習习書书現现萬万當当讀读論论識识試试詳详誠诚響响顯显館馆養养驚惊魚鱼鳥鸟鹽盐麗丽黃黄廠厂廢废愛爱憂忧戰战擔担擁拥換换損损搖摇撥拨擾扰攝摄敗败敵敌晉晋曉晓曬晒樂乐樹树樁桩橫横歲岁殘残殺杀"
    "殼壳淺浅渾浑溝沟溫温滅灭滿满爐炉爺爷牆墙獎奖獲获畝亩畢毕畫画盜盗盡尽盤盘矯矫礎础禍祸稱称窮穷竊窃競竞筆笔籌筹籃篮紅红紙纸紛纷紋纹細细終终絕绝給给絲丝綱纲綠绿緒绪練练緊紧織织罷罢聖圣聞闻腦脑膚肤臉脸臨临"
    "舊旧艦舰艱艰藝艺範范薦荐藍蓝虛虚虧亏蟲虫衝冲裝装裡里裏里諾诺謀谋譜谱譯译譽誉豐丰負负貢贡貨货貧贫貯贮貴贵買买貸贷賀贺賠赔賣卖賴赖贈赠贊赞趕赶趨趋跡迹踐践躍跃軌轨軍军軟软較较載载輔辅輕轻輛辆輪轮輯辑輸输"
    "轄辖轉转邊边遊游遲迟遷迁遺遗鄰邻針针鈔钞鉛铅銀银銅铜銜衔鋼钢錢钱錯错鍵键鎖锁鏈链鏡镜鐵铁鑒鉴閉闭閑闲閣阁闊阔階阶陰阴陳陈陸陆隨随雖虽雜杂靜静鞏巩韓韩韻韵順顺須须頓顿頗颇顧顾顏颜個个們们這这從从創创勢势"
    "勞劳勵励啟启壓压壞坏墊垫夠够寧宁幹干庫库廟庙彈弹徑径徵征慣惯懷怀懸悬擠挤敘叙曆历極极榮荣毀毁滯滞濃浓煙烟熱热牽牵獻献產产癒愈礙碍粵粤絡络綜综線线縱纵纜缆聰聪脫脱膠胶膽胆莊庄華华葉叶蘭兰覺觉誌志誰谁諧谐"
    "謹谨賢贤賓宾賞赏蹤踪軸轴遼辽鄭郑鄧邓鄒邹鋪铺鍋锅閩闽陝陕雞鸡雲云霧雾馬马駐驻驗验騎骑鬧闹鮮鲜鳳凤鴻鸿齡龄滬沪瀏浏濱滨瀋沈灘滩瀾澜涼凉車车兩两嶺岭峽峡漁渔號号協协廬庐蕩荡蔣蒋蕭萧藉借繫系樞枢紐纽戲戏劇剧"
    "優优傷伤備备側侧偵侦儀仪儲储兌兑凍冻劃划劑剂剛刚勝胜匯汇卻却吳吴喪丧嚴严囑嘱墳坟壘垒夾夹奪夺奮奋婦妇媽妈孫孙尋寻屆届嶼屿幣币帶带幫帮彎弯後后憑凭懇恳戀恋掃扫採采揚扬攔拦攜携別别碼码緩缓罵骂腸肠艙舱蠟蜡記记話话談谈貝贝釀酿隻只頁页項项頒颁飯饭鬥斗"
)
_SIMPLE = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
_SHORT = 200  # letters; longer texts are seldom looked at twice
_PINYIN = re.compile(r"\([A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]*[āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ][A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùü]*\)")


def simplified(text: str) -> str:
    """A text in simplified letters, as many as before."""
    return text.translate(_SIMPLE)


def without_pinyin(text: str) -> str:
    """A text without the pronunciations in brackets behind its letters."""
    return _PINYIN.sub("", text) if "(" in text else text


def squeezed(text: str) -> str:
    """A text as labels are compared: spaces and pinyin off, simplified, NFKC."""
    return _squeezed(text) if len(text) < _SHORT else _squeezed.__wrapped__(text)


@functools.lru_cache(8192)
def _squeezed(text: str) -> str:
    text = "".join(text.split())
    if text.isascii():
        return text
    text = folded(text.translate(_SIMPLE))
    if "(" in text and _PINYIN.search(text):
        text = _PINYIN.sub("", text)
    return text


def indices(text: str) -> list[int]:
    """For each letter of the squeezed text, and for its end, where it stands in the text."""
    letters, at = "", []
    for index, letter in enumerate(text):
        if not letter.isspace():
            plain = _letter(letter)
            letters += plain
            at += [index] * len(plain)
    for pinyin in reversed(list(_PINYIN.finditer(letters))):
        del at[pinyin.start() : pinyin.end()]
    return [*at, len(text)]


@functools.lru_cache(8192)
def _letter(letter: str) -> str:
    return folded(letter.translate(_SIMPLE))
