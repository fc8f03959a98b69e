"""Titles as a full catalogue has them: 21,400 courses and 107,500 articles, the same at every run."""

import random
from collections.abc import Iterator

COURSES, ARTICLES = 21_400, 107_500
FIRST = ("发酵床养猪", "政务礼仪")
"""Those that everybody asks for."""

_PLACES = """
大兴区 平谷区 顺义区 房山区 密云区 延庆区 怀柔区 昌平区 通州区 门头沟区 黄村镇 庞各庄镇 埝坛村 南口镇
"""
_THINGS = """
西瓜 草莓 樱桃 板栗 核桃 食用菌 蔬菜 玉米 小麦 水稻 花卉 苗木 奶牛 肉羊 蛋鸡 生猪 蜜蜂 淡水鱼 大棚 沼气
饮水 垃圾分类 厕所 乡村旅游 电商 合作社 家庭农场 土地流转 宅基地 养老 医保 社保 就业 创业 普法 调解 消防
党支部 党员 村务 廉政 统战 团建 政务 礼仪 心理健康 高血压 糖尿病 太极拳 书法 京剧 剪纸 合唱 摄影 手机
反诈骗 急救 5G WPS C语言
"""
_DOINGS = """
栽培技术 病虫害防治 科学施肥 节水灌溉 冬季管理 育苗要点 嫁接方法 饲养与防疫 贮藏保鲜 品牌营销 政策解读
法律常识 实用手册 案例分析 经验交流 工作方法 入门 进阶 常见问题 安全使用 操作规程 规范与流程 重点难点
典型做法 发展趋势
"""
_MORE = """
助力乡村振兴 让村民增收致富 走进千家万户 深入田间地头 受到群众欢迎 取得明显成效 召开现场推进会
举办专题培训班 长效机制不断完善 干部群众齐上阵 乐享幸福晚年 重阳节前送温暖 银发课堂开讲 传承非遗文化
"""
_PRODUCERS = """
全国远程办 北京市委组织部 大兴区融媒体中心 中国农业大学 北京农学院 市农林科学院 市委党校 平谷区广播电视台
北京开放大学 市民政局 市司法局 市卫生健康委 农业农村部信息中心 中央农业广播电视学校
"""


def course_titles() -> Iterator[str]:
    """Short: a thing, and what is taught of it."""
    draw = random.Random("courses")  # noqa: S311  the same at every run
    things, doings = _THINGS.split(), _DOINGS.split()
    yield from FIRST
    for n in range(COURSES - len(FIRST)):
        joined = draw.choice(("", "的", f"与{draw.choice(things)}"))
        part = draw.choice(("", "", "（上）", "（下）", f" 第{n % 12 + 1}讲"))
        yield f"{draw.choice(things)}{joined}{draw.choice(doings)}{part}"


def article_titles() -> Iterator[str]:
    """Long: headlines of news."""
    draw = random.Random("articles")  # noqa: S311  the same at every run
    places, things, doings, more = (words.split() for words in (_PLACES, _THINGS, _DOINGS, _MORE))
    for _ in range(ARTICLES):
        year = draw.choice(("", "", f"{draw.randint(2012, 2026)}年"))
        news = f"{draw.choice(things)}{draw.choice(doings)}{draw.choice('：， ')}{draw.choice(more)}"
        yield f"{year}{draw.choice(places)}{news}"


def producers() -> list[str]:
    """Who made them."""
    return _PRODUCERS.split()
