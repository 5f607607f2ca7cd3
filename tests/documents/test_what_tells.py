"""A hundred sentences that letters may have, and a hundred that tell of drugs."""

import pytest

from apps.assistance.telling import told_in

pytestmark = pytest.mark.django_db

HARMLESS = """
孩子们很开心 水果由村里送去
祝一家人开心 水桶和米面已经送到
今年开心水平比去年高
开心水果店愿意接收一名学徒
本社区 康复医院可以接诊
残疾人社区康复服务每周一次
家里的床上用品需要消毒
因食物中毒住院三天
冬季煤气中毒后留下头痛
农药中毒治疗费用的单据三张
感染新冠病毒后咳嗽未好
病毒性感冒，需休息一周
电脑病毒损坏了学习资料
被毒蛇咬伤，已注射血清
院子里有毒蜂窝，请消防处理
工地发放防毒面具
结婚戒指丢失，已报失
医生建议戒烟并复查
村口拉起警戒线
戒骄戒躁，认真工作
呼吸科门诊每周二开诊
病人需要吸氧
请带吸管和水杯
吸尘器为二手，可用
吸收两名学员入班
合作社吸纳十户就业
从中吸取经验
雾化吸入治疗费八十元
公司不吸引外地工人
吸烟影响伤口愈合
给单位添了麻烦，深表歉意
面临重大麻烦，请予协助
需要大麻袋十只装稻谷
门前不得开设大麻将馆
不干涉麻将馆正常经营
村里有一棵大麻雀常来的树
早市卖麻花和豆浆
种植芝麻果树三亩
亚麻布料两匹
孩子出过麻疹
请购买蛋白粉两罐
雪白粉墙已经粉刷
白粉笔一盒，黑板一块
直播间有10k粉丝
同意拨付粉条加工补贴
他微笑气色好多了
欢笑气氛很浓
说笑气氛轻松
请加强隔离栏的维护
增强隔热效果，屋顶需翻修
报社康乐部招聘保洁
合作社康养项目招工
东线片区医疗救助
孩子想去溜冰场
需要一双溜冰鞋
孩子有网瘾，请学校关心
复工指日可待因此申请缓缴
迫不及待因为月底到期
他摇头 丸子汤没有喝完
神仙 水库边的民宿招工
药店的止咳 水电费另算
改善精神 药品费用由医保支付
手术需要麻醉师一名
申请临时救助，家中老人住院
最低生活保障材料已经公示
失业保险金自五月起发放
房屋漏雨，申请危房改造
女儿九月入学，申请减免学费
残疾证正在办理
请协助补办身份证
养老保险已续缴
劳动合同一年一签
推荐参加电焊培训班
叉车证考试合格
家中有两名未成年子女
请安排心理咨询
法律援助申请已受理
慈善会送来大米和食用油
老人需要轮椅
产后营养不良，需要补助
高血压需长期服药
糖尿病需要胰岛素
手术后需要复查
尿液检查结果正常
透析每周三次
请派人上门走访
村委会证明附后
合同到期后续签
工资按月发放
住在女儿家
请于五日内答复
联系电话见下
材料共六页
谢谢支持与帮助
please help with the rent
the method of payment is by bank
we met H. Wang at the office
he was fed rugs and blankets for the winter
a hero in the village
the family moved to Xiamen
opus one of the school choir
kitchen co-op of Jiaji
""".strip().splitlines()
TELLING = """
他有吸毒史
曾经吸食海洛因
正在社区戒毒
社区戒毒人员请予照顾
社区康复期间表现良好
社区 康复
由社戒社康办推荐
社康人员
禁毒办来函
县禁毒委员会办公室
戒毒所出来后没有工作
强制隔离戒毒期满
强制隔离两年
强隔期满人员
正在服用美沙酮
美·沙·酮门诊
美 沙 酮
药物维持治疗
维持治疗门诊
维 持 治 疗
尿检结果阴性
尿 检
毛发检测
动态管控对象
涉毒人员
涉 毒
涉麻人员
吸过冰毒
冰 毒
冰·毒
冰-毒
滑冰后吸毒
溜冰成瘾
有瘾
毒瘾
成瘾者
海洛因
海 洛 因
海·洛·因
海洛 因
服用海洛 因多年
白粉
吸白粉
鸦片
鴉片
吗啡
嗎啡
吗·啡
苯丙胺
甲基苯丙胺
麻古
麻果
氯胺酮
氯 胺 酮
K粉
Ｋ粉
k 粉
摇头丸
摇 头 丸
摇头 丸
大麻
大 麻
大·麻
重大麻烦之外还有大麻
合成大麻素
可卡因
卡西酮
依托咪酯
依.托.咪.酯
上头电子烟
神仙水
神 仙 水
神仙 水
开心水
开 心 水
开心 水
卖开心水的人
止咳水成瘾
喝止咳水平时不来
神仙水电子烟
开心水平时还喝
含笑气的奶油气弹
可待因
曲马多
丁丙诺啡
笑气
吸笑气
阿片类
芬太尼
杜冷丁
纳曲酮
麻精药品
麻醉药品
精神药品滥用
新精神活性物质
滥用药物
药物滥用
归途系统
消毒之后又吸毒
a drug user
d-r-u-g
d r u g
drugs
rehabilitation of addicts
DETOX centre
Homeward
methadone clinic
heroin
h.e.r.o.i.n
her-oin
h e r o i n
ketamine
meth
M E T H
MDMA
GHB
Suboxone
opioids
narcotics
fentanyl
""".strip().splitlines()


def test_there_are_a_hundred_of_each() -> None:
    assert len({*HARMLESS}) >= 100
    assert len({*TELLING}) >= 100


@pytest.mark.parametrize("words", HARMLESS)
def test_a_sentence_that_tells_nothing_goes_out(words: str) -> None:
    assert told_in(words) == ""


@pytest.mark.parametrize("words", TELLING)
def test_a_sentence_that_tells_of_drugs_is_stopped(words: str) -> None:
    assert told_in(words)
