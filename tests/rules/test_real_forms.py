"""Forms met in the reports of very different offices, over the tables of ``fragments.py``: no false alarm, and no mistake missed.

The sentences are invented; the figures are those of ``test_prose_corpus.py``.
"""

from __future__ import annotations

import pytest

from nianbao.report import Report
from trying.files import examined
from trying.retold import found

# part, sentence, what is found: "" for nothing, else code=severity
FORMS = r"""
# --- what belongs to the number before is not the next one's
依申请公开|收到申请15件，其中14件已答复，1件正在办理。|
依申请公开|共处理申请17件（新收15件，上年结转2件），其中16件已办结，1件转入2025年继续办理。|
依申请公开|共处理申请17件（新收15件，上年结转2件），其中16件已办结，2件转入2025年继续办理。|P-SUM=error P-CARRY=error
依申请公开|收到申请13件，12件来自自然人，1件来自商业企业。|P-NEW=error P-LEGAL=error
依申请公开|已办结16件，1件未到答复期限。|
依申请公开|已办结16件，1件延期答复。|
# --- carried over, by the year
依申请公开|连同2023年结转的2件，共办理申请17件，1件结转2025年办理。|
依申请公开|2023年结转的3件已办结。|P-CARRY=error
依申请公开|办结16件，结转2025年2件。|P-CARRY=error
依申请公开|2022年度结转的3件由县政府答复。|
依申请公开|办结16件，结转1件至下年度。|
依申请公开|办结16件，结转3件至下年度。|P-CARRY=warning
依申请公开|收到申请17件，加上上年结转2件，共19件。|P-NEW=warning
依申请公开|加上上年结转2件，共收到申请17件。|
依申请公开|收到申请17件（其中2件由村民小组提交），上年结转2件。|P-NEW=warning
# --- other years go on
依申请公开|2023年收到申请9件，办结7件。|
依申请公开|2023年收到申请9件，2024年收到申请14件。|P-NEW=error
依申请公开|2022年、2023年、2024年分别收到申请4件、9件、15件。|
依申请公开|近三年共收到申请28件，其中2024年15件。|
依申请公开|2008年以来累计受理申请86件，办结85件。|
依申请公开|收到申请比2023年增加6件，办结17件。|P-DONE=error
# --- some of those
依申请公开|15件新收申请中14件当年办结，当年办结率93.3%。|
依申请公开|全年共收到申请15件（含补正后受理2件），实际办理16件。|
依申请公开|其中1件申请涉及第三方权益，征求了意见。|
依申请公开|收到申请最多的是3月（4件）和9月（3件）。|
依申请公开|答复申请15件，申请人撤回1件。|P-DONE=warning
依申请公开|申请人主动撤销申请3件。|
依申请公开|答复申请17件，申请人撤回1件。|P-DONE=error
依申请公开|收到申请15件，其中13件已答复。|P-DONE=warning
依申请公开|上年结转的2件均已答复。|
依申请公开|司法所审核不予公开的申请3件次。|
# --- outcomes told together
依申请公开|办结16件：予以公开（含部分公开）10件，不予公开3件，无法提供2件，其他处理1件。|
依申请公开|予以公开（含部分公开）11件。|P-RES-GRANTED=error
# --- what documents are is nothing that was asked for
信息管理|印发公文126件，其中主动公开58件、依申请公开12件、不予公开56件。|
信息管理|标注“主动公开”58份、“依申请公开”12份、“不予公开”56份。|
主动公开|公开权责清单312项，其中行政许可8项、行政处罚126项、行政强制15项、其他163项。|
主动公开|公示行政许可18条、行政处罚4条。|
主动公开|公示行政许可18条、行政处罚6条。|P-T2-PENALTY=warning
主动公开|截至2024年12月31日，现行有效行政规范性文件7件。|P-T2-NORM=error
主动公开|新制发行政规范性文件2件。|P-T2-NORM=error
# --- endings
表四说明|政府信息公开类行政复议2件（占全部复议案件的1.6%）。|
表四说明|政府信息公开类行政复议1件。|P-REV=error
表四说明|行政复议2件，其中1件尚未审结，其余均为维持。|
# --- shares and rates
依申请公开|已办结的申请中，予以公开8件，占50%；部分公开2件，占12.5%。|
依申请公开|已办结的申请中，予以公开8件，占55%。|P-PCT=warning
依申请公开|予以公开8件，占全部17件的47.1%。|
依申请公开|16件办结申请中，予以公开8件，占58%。|P-PCT=error
依申请公开|收到申请15件，办结16件；其中涉及征地的6件，占比40%。|
依申请公开|收到申请15件，办结16件；其中涉及征地的6件，占比41%。|P-PCT=error
主动公开|收到建议412件，采纳201件，采纳率48.8%。|
主动公开|收到建议412件，采纳201件，采纳率84.8%。|P-PCT=warning
主动公开|办理工单412件，办结402件，按时办结率99.7%。|
主动公开|发布文字386条、图片37条、音视频12条，共435条，三类占比分别为88.7%、8.5%、2.8%。|
# --- growth behind other words
依申请公开|收到申请15件（自然人12件，商业企业2件，法律服务机构1件），同比增长66.7%。|
依申请公开|收到申请15件（自然人12件，商业企业2件，法律服务机构1件），同比增长76.6%。|X-GROWTH=error
依申请公开|收到申请15件，均已按期答复，较上年增加7件。|X-GROWTH=error
依申请公开|收到申请15件，较上年的9件增加6件，增长66.7%。|
依申请公开|收到申请15件，较上年的8件增加6件。|X-GROWTH=error
依申请公开|收到申请15件，较上年的9件增加5件。|X-GROWTH=error
# --- a gap for thousands
主动公开|公开信息1 326条，其中网站871条、新媒体455条。|
主动公开|公开信息1 326条，其中网站871条、新媒体456条。|P-SUM=error
主动公开|公开信息326条，其中动态210条、意见征集16期、公告100条。|
主动公开|公开信息2 452 130条，其中网站1 452 130条、新媒体1 000 000条。|
依申请公开|收到 申请 15 件，2024 15 件。|
# --- wholes behind their parts
主动公开|办理建议132件、提案145件，合计277件。|
主动公开|办理建议132件、提案145件，合计287件。|P-SUM=warning
主动公开|办理建议132件、提案145件的答复，共287件。|P-SUM=warning
主动公开|教育类18条，医疗类22条（其中疫苗9条），就业类31条，共计71条。|
主动公开|教育类18条，医疗类22条（其中疫苗9条），就业类31条，共计72条。|P-SUM=warning
主动公开|教育类18条，医疗类22条，就业类31条。以上合计71条。|
主动公开|教育类18条，医疗类22条，就业类31条。以上合计70条。|P-SUM=warning
主动公开|印发手册500份，培训3次、120人次，共4场。|
# --- bare lists in brackets, and some of a number
主动公开|发布解读4篇（文字2篇、图解2篇）。|
主动公开|发布解读4篇（文字3篇、图解2篇）。|P-SUM=warning
主动公开|发布解读4篇（文字2篇、图解1篇）。|P-SUM=warning
主动公开|发布解读4篇（含转载3篇、图解2篇）。|
主动公开|35个单位中优秀10个、良好20个、一般5个。|
主动公开|35个单位中优秀11个、良好20个、一般5个。|P-SUM=warning
主动公开|35个单位中优秀10个、良好20个。|
依申请公开|办结7件，其中予以公开3件、部分公开1件、征求意见3件、告知1件。|P-DONE=error P-RES-GRANTED=error P-RES-PARTIAL=error P-SUM=error
# --- the fee, by who took it
依申请公开|收取信息公开处理费30元。|P-FEE=error
"""
CASES = [tuple(line.split("|")) for line in FORMS.strip().splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The correct report, whose figures stay while its prose changes."""
    return examined(tmp_path_factory.mktemp("forms")).report


@pytest.mark.parametrize(("part", "text", "expected"), CASES, ids=[text[:24] for _, text, _ in CASES])
def test_a_form_that_offices_use_is_read_as_it_is_meant(report: Report, part: str, text: str, expected: str) -> None:
    assert found(report, part, text) == dict(one.split("=") for one in expected.split())


def test_the_parts_of_a_fee_are_not_taken_for_the_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    charged = examined(tmp_path_factory.mktemp("fee"), "六、其他需要报告的事项: {信息处理费: 340}").report
    assert found(charged, "依申请公开", "收取信息处理费3件，共340元，分别为甲所2件220元、乙所1件120元。") == {}
    assert found(charged, "依申请公开", "收取信息处理费3件，共340元，分别为甲所2件230元、乙所1件120元。") == {"P-SUM": "warning"}
    assert found(charged, "依申请公开", "收取信息处理费3件，共430元，分别为甲所2件220元、乙所1件120元。") == {
        "P-FEE": "error",
        "P-SUM": "warning",
    }
