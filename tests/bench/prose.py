"""prose.py FILE zh|en|mixed MEGABYTES [WORDS] - prose of an office, the same for the same arguments.

Paragraphs of notices and replies, put together from words of our own; one paragraph in fifty has
something in it that a rule looks for.  With WORDS, a file of keywords, one paragraph in a hundred holds one.
"""
import random
import sys

ZH = {
    'who': '区商务局 市发展改革委 县财政局 街道办事处 区市场监管局 市统计局 镇人民政府 区教育局 市交通运输局 经办科室'.split(),
    'did': '研究制定 组织开展 统筹推进 认真落实 逐项核对 公开征求 汇总整理 及时发布 完善优化 按程序报批'.split(),
    'what': '春季消费品交易会方案 惠民补贴发放办法 年度工作要点 小微企业帮扶措施 停车设施改造计划 农产品产销对接活动 '
            '行政许可事项清单 社区便民服务网点布局 中小学课后服务安排 公共自行车站点调整意见'.split(),
    'when': '今年三月以来 四月上旬 第二季度末 上半年 节日期间 近三年 本月中旬 自发布之日起 汛期之前 下一阶段'.split(),
    'why': '为方便群众办事 为促进消费 按照部门职责分工 根据工作安排 结合本区实际 在充分听取意见的基础上 经局长办公会讨论 '
           '考虑到各单位实际情况'.split(),
    'so': '现将有关事项通知如下 请各单位认真组织实施 有关情况已在网站公布 共收到意见建议一百二十条 群众满意度进一步提高 '
          '所需经费由原渠道解决 参展企业达到三百家 请于月底前反馈'.split(),
}
EN = {
    'who': 'the district office|the county council|the bureau of trade|the survey team|the road authority|'
           'the public library|the working group|the registrar'.split('|'),
    'did': 'has published|will revise|asked residents about|prepared|reviewed|is going to extend|has put together|counted'.split('|'),
    'what': 'the timetable of the spring fair|a plan for parking places|the list of permits and fees|its yearly figures|'
            'a scheme for small shops|the opening hours of the halls|the report on cycle paths|a notice about markets'.split('|'),
    'when': 'this spring|since March|by the end of the quarter|for three years|during the holidays|in the second half of the year'.split('|'),
    'why': 'after a public hearing|because many had asked for it|as the council had decided|to save time and paper|'
           'with the help of volunteers|although the weather was poor'.split('|'),
}
MARKED = {
    'zh': ['机密★10年', '内部资料，注意保存', '联系人：王建国，手机13800138000', '密级：秘密', '此件不公开', '身份证号11010519491231002X'],
    'en': ['TLP:AMBER', 'CONFIDENTIAL//NOFORN', 'For Official Use Only', 'SSN 219-09-9999',
           'Company Confidential', 'IBAN DE89 3704 0044 0532 0130 00'],
}


def sentence(pick, language):
    if language == 'zh':
        return (pick(ZH['why']) + '，' + pick(ZH['who']) + pick(ZH['when']) + pick(ZH['did']) + pick(ZH['what']) + '，' + pick(ZH['so']) +
                '。')
    return f"{pick(EN['why'])}, {pick(EN['who'])} {pick(EN['did'])} {pick(EN['what'])} {pick(EN['when'])}. ".capitalize()


def paragraph(rng, language, words, marks):
    text = ''.join(sentence(rng.choice, language) for _ in range(rng.randint(2, 5))).rstrip()
    if rng.random() < marks:
        text += '\n' + rng.choice(MARKED[language])
    if words and rng.random() < 0.01:
        text += ' ' + rng.choice(words) + ' '
    if language == 'en':  # lines as a mail or a printed page has them
        width, lines = 78, []
        while len(text) > width and ' ' in text[:width]:
            at = text.rindex(' ', 0, width)
            lines.append(text[:at])
            text = text[at + 1:]
        text = '\n'.join(lines + [text])
    return text + '\n'


def write(path, language, size, words=(), seed=1, marks=0.02):
    rng = random.Random(f'{language} {seed}')
    # a megabyte made, and its paragraphs dealt out again in other orders: as varied for a scanner
    stock = {l: [paragraph(rng, l, words, marks) for _ in range(3000)] for l in (('zh', 'en') if language == 'mixed' else (language,))}
    written = 0
    with open(path, 'w', encoding='utf-8', newline='') as out:
        while written < size:
            part = ''.join(rng.choices(stock[rng.choice(sorted(stock))], k=400))
            out.write(part)
            written += len(part.encode())


def keywords(path, count):
    """Names of projects nobody has: two of four Chinese words, or an English pair, and a number."""
    rng = random.Random(count)
    han = '青松云海星河长风远山晨光白鹭金石碧波紫荆红枫玉兰飞雪秋水春雷北斗南极东篱西岭'
    en = 'amber birch cedar delta ember flint grove haven iris jasper kestrel larch maple north onyx pearl quartz raven'.split()
    found = {}
    while len(found) < count:
        if rng.random() < 0.7:
            word = ''.join(rng.choices(han, k=rng.randint(4, 6))) + rng.choice(['工程', '计划', '项目', '系统', '号'])
        else:
            word = f'{rng.choice(en)} {rng.choice(en)} {rng.randint(10, 99999)}'
        found[word] = None
    with open(path, 'w', encoding='utf-8') as out:
        out.write('\n'.join(found) + '\n')
    return list(found)


if __name__ == '__main__':
    if len(sys.argv) == 4 and sys.argv[2] == 'keywords':
        keywords(sys.argv[1], int(sys.argv[3]))
    elif len(sys.argv) in (4, 5):
        chosen = open(sys.argv[4], encoding='utf-8').read().splitlines() if len(sys.argv) == 5 else []
        write(sys.argv[1], sys.argv[2], int(float(sys.argv[3]) * 1e6), chosen)
    else:
        sys.exit(__doc__)
