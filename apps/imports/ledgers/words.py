"""What offices write, and the codes it stands for; looked up without spaces."""

from typing import Final

from apps.accounts.roles import Role
from apps.cases.codes import Measure
from apps.ledgers.ledger import word_table
from apps.persons.codes import (
    DocumentKind,
    Education,
    Employment,
    LifeStatus,
    Marital,
    Sex,
    Substance,
)
from apps.persons.ethnicities import NAMES

ROLES: Final = word_table({
    Role.WORKER: "专干 禁毒专干 社工 禁毒社工 禁毒专职人员",
    Role.TOWN_SUPERVISOR: "镇级管理 镇级管理员 镇管理 乡镇管理 镇级督导 镇禁毒办",
    Role.COUNTY_SUPERVISOR: "县级管理 县级管理员 市县管理 县级督导 县禁毒办 市禁毒办",
    Role.PROVINCE_VIEWER: "省级查看 省级 省厅查看",
    Role.RECORDS_ADMIN: "资料管理 资料管理员 档案管理 档案管理员",
    Role.SYSTEM_ADMIN: "系统管理 系统管理员",
    Role.AUDITOR: "审计 审计员",
})  # fmt: skip

DOCUMENTS: Final = word_table({
    DocumentKind.RESIDENT: "身份证 居民身份证 二代身份证 二代证",
    DocumentKind.PASSPORT: "护照 外国护照 中国护照",
    DocumentKind.HK_MACAO: "港澳居民来往内地通行证 港澳通行证 回乡证",
    DocumentKind.TAIWAN: "台湾居民来往大陆通行证 台胞证",
    DocumentKind.FOREIGN: "外国人永久居留身份证 外国人永久居留证 永久居留证",
})  # fmt: skip

SEXES: Final = word_table({Sex.MALE: "男 男性 1", Sex.FEMALE: "女 女性 2"})

# Orders, and the statuses of persons who have none.
MEASURES: Final = word_table({
    Measure.SQJD: "社区戒毒 社戒 社区戒毒人员 SQJD",
    Measure.SQKF: "社区康复 社康 社区康复人员 SQKF",
    LifeStatus.FOLLOW_UP: "社会面管控 社会面 社会面人员 社会面吸毒人员 社会面戒断不满三年 后续照管",
    LifeStatus.ABSTINENT:
        "戒断三年未复吸 戒断3年未复吸 戒断三年 三年未复吸 社会面戒断三年未复吸 戒断三年未复吸人员",
})  # fmt: skip

SUBSTANCES: Final = word_table({
    Substance.HEROIN: "海洛因 白粉",
    Substance.OPIUM: "吗啡 鸦片 阿片",
    Substance.METHAMPHETAMINE: "冰毒 甲基苯丙胺 甲基苯丙胺(冰毒)",
    Substance.MAGU: "麻古 麻谷 麻果",
    Substance.KETAMINE: "氯胺酮 K粉 氯胺酮(K粉)",
    Substance.MDMA: "摇头丸 MDMA",
    Substance.CANNABIS: "大麻",
    Substance.SYNTHETIC_CANNABINOID: "合成大麻素",
    Substance.COCAINE: "可卡因",
    Substance.CATHINONE: "卡西酮 甲卡西酮 卡西酮类",
    Substance.ETOMIDATE: "依托咪酯",
    Substance.GHB: "神仙水 GHB",
    Substance.CODEINE: "可待因 止咳水",
    Substance.TRAMADOL: "曲马多 美沙酮",
    Substance.MEDICINE: "麻精药品",
    Substance.UNLISTED: "笑气",
    Substance.SEVERAL: "多种 混合 多药混用",
    Substance.OTHER: "其他",
})  # fmt: skip

EMPLOYMENTS: Final = word_table({
    Employment.EMPLOYED: "务工 在职 企业 就业 打工",
    Employment.FARMING: "务农 农民 渔民 务渔",
    Employment.SELF: "个体 个体经营 自主创业 经商",
    Employment.FLEXIBLE: "灵活就业 零工 散工",
    Employment.PUBLIC: "公益性岗位 公益岗位",
    Employment.TRAINING: "培训中 培训",
    Employment.REGISTERED: "失业登记 登记失业",
    Employment.UNEMPLOYED: "待业 无业 失业",
    Employment.UNABLE: "无劳动能力 丧失劳动能力",
    Employment.RETIRED: "退休",
    Employment.STUDENT: "学生 在校",
})  # fmt: skip

EDUCATIONS: Final = word_table({
    Education.POSTGRADUATE: "研究生 硕士 博士",
    Education.BACHELOR: "本科 大学本科 大学",
    Education.COLLEGE: "专科 大专",
    Education.VOCATIONAL: "中专 中技 职高",
    Education.SENIOR: "高中",
    Education.JUNIOR: "初中",
    Education.PRIMARY: "小学",
    Education.NONE: "文盲 半文盲 文盲半文盲",
})  # fmt: skip

MARITALS: Final = word_table({
    Marital.SINGLE: "未婚", Marital.MARRIED: "已婚", Marital.WIDOWED: "丧偶",
    Marital.DIVORCED: "离婚 离异", Marital.UNSTATED: "未说明",
})  # fmt: skip

_CODES_BY_NAME = {name: f"{number:02d}" for number, name in enumerate(NAMES, start=1)}
ETHNIC_NAMES: Final = _CODES_BY_NAME | {
    name.removesuffix("族"): code for name, code in _CODES_BY_NAME.items()
}

YES_NO: Final = word_table({"yes": "是 有 Y 1 √ 享受", "no": "否 无 N 0 × 未享受"})
