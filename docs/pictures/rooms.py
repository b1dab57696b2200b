"""Draws the packages, the rooms of Billing.Core, and which names which: python3 docs/pictures/rooms.py > docs/pictures/rooms.svg

The rooms and their order are those of the table in CONTRIBUTING.md; the names are read from the source.
"""
import re
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / 'src' / 'Billing.Core'
BOX_WIDTH, BOX_HEIGHT, GAP, LEVEL = 112, 32, 26, 70
PACKAGE_WIDTH, CELL, MARGIN = 172, 22, 30


def rooms():
    return re.findall(r'^\| `(\w+)` \|', (ROOT / 'CONTRIBUTING.md').read_text('utf-8'), re.M)


def types(room):
    return sorted(path.stem for path in (CORE / room).glob('*.cs'))


def names_of(order):
    """For each room the others that it names."""
    named = {room: set() for room in order}
    kinds = {room: '|'.join(types(room)) for room in order}
    # Billing.Rows, or Rows.ParsedRow: Rows.Count is a property.
    forms = {room: re.compile(rf'\bBilling\.{room}\b|(?<![\w.]){room}\.(?:{kinds[room]})\b') for room in order}
    for room in order:
        for file in sorted((CORE / room).glob('*.cs')):
            text = file.read_text('utf-8')
            for other in order:
                if other != room and forms[other].search(text):
                    named[room].add(other)
    return named


def packages():
    """For each package but the core the packages that its project refers to."""
    found = {}
    for project in sorted((ROOT / 'src').glob('*/*.csproj')):
        found[project.stem] = sorted(re.findall(r'<ProjectReference Include="[^"]*?([\w.]+)\.csproj"', project.read_text('utf-8')))
    return found


def reach(graph, node):
    seen, todo = set(), list(graph[node])
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            todo += graph[at]
    return seen


def reduced(graph):
    """Without what goes without saying: a -> c where a -> b -> c."""
    return {node: sorted(other for other in graph[node] if not any(other in reach(graph, between) for between in graph[node] if between != other)) for node in graph}


def levels_of(graph):
    """How far each node stands above the lowest."""
    level = {}

    def height(node):
        if node not in level:
            level[node] = 1 + max((height(other) for other in graph[node]), default=-1)
        return level[node]

    for node in graph:
        height(node)
    return level


def place(graph, order):
    """Rows of nodes from top to bottom, with the bends of long lines as nodes between, and the lines as lists of nodes."""
    level = levels_of(graph)
    # A room that nothing holds down stands right below the lowest that names it.
    for node in order:
        users = [level[user] for user in graph if node in graph[user]]
        if users and not graph[node]:
            level[node] = min(users) - 1
    top = max(level.values())
    rows = [[] for _ in range(top + 1)]
    for node in order:
        rows[top - level[node]].append(node)
    lines = []
    for node in order:
        for other in graph[node]:
            line = [node]
            for between in range(level[node] - 1, level[other], -1):
                line.append(f'{node}>{other}@{between}')
                rows[top - between].append(line[-1])
            lines.append(line + [other])
    above = {node: [] for row in rows for node in row}
    below = {node: [] for row in rows for node in row}
    for line in lines:
        for one, other in zip(line, line[1:]):
            below[one].append(other)
            above[other].append(one)
    # Each row in the order of the middles of what it is joined to, down and up again.
    at = {}

    def settle(row):
        x = 0
        for node in row:
            width = BOX_WIDTH if '@' not in node else GAP
            at[node] = x + width / 2
            x += width + GAP
        for node in row:
            at[node] -= (x - GAP) / 2

    for row in rows:
        settle(row)
    for turn in range(24):
        for row in (rows if turn % 2 == 0 else rows[::-1]):
            joined = above if turn % 2 == 0 else below
            middle = {node: sum(at[other] for other in joined[node]) / len(joined[node]) if joined[node] else at[node] for node in row}
            row.sort(key=lambda node: middle[node])
            settle(row)
    return rows, lines, at


def box(x, y, width, title, kind):
    return (f'<g class="{kind}"><rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{BOX_HEIGHT}" rx="5"/>'
            f'<text x="{x + width / 2:.0f}" y="{y + BOX_HEIGHT / 2 + 5:.0f}" class="name">{escape(title)}</text></g>')


def line(points):
    path = f'M{points[0][0]:.0f} {points[0][1]:.0f}'
    for (x1, y1), (x2, y2) in zip(points, points[1:]):
        middle = (y1 + y2) / 2
        path += f' C{x1:.0f} {middle:.0f} {x2:.0f} {middle:.0f} {x2:.0f} {y2:.0f}'
    return f'<path class="line" d="{path}" marker-end="url(#tip)"/>'


def draw():
    order = rooms()
    named = names_of(order)
    # A name of a later room is only in the table, in red: arrows go down.
    graph = reduced({room: sorted(named[room] & set(order[:i])) for i, room in enumerate(order)})
    rows, lines, at = place(graph, order)
    left = min(at[node] - BOX_WIDTH / 2 for row in rows for node in row)
    right = max(at[node] + BOX_WIDTH / 2 for row in rows for node in row)
    projects = packages()
    others = [name for name in projects if name != 'Billing.Core']
    wide = max(right - left, len(others) * (PACKAGE_WIDTH + 12))
    frame_left, frame_top = MARGIN, 140
    frame_width = wide + 2 * GAP
    frame_height = len(rows) * LEVEL + 48
    middle = frame_left + frame_width / 2 - (left + right) / 2
    out = []

    # The packages.
    stride = frame_width / len(others)
    centre = {name: frame_left + stride * (i + 0.5) for i, name in enumerate(others)}
    for name in others:
        for other in projects[name]:
            if other == 'Billing.Core':
                out.append(line([(centre[name], 56 + BOX_HEIGHT), (centre[name], frame_top)]))
            else:
                way = -20 if centre[other] < centre[name] else 20
                out.append(f'<path class="line" d="M{centre[name] + way:.0f} 56 C{centre[name] + way:.0f} 36 {centre[other] - way:.0f} 36 {centre[other] - way:.0f} 56" marker-end="url(#tip)"/>')
        out.append(box(centre[name] - PACKAGE_WIDTH / 2, 56, PACKAGE_WIDTH, name, 'package'))
    out.append(f'<rect class="core" x="{frame_left}" y="{frame_top}" width="{frame_width:.0f}" height="{frame_height}" rx="8"/>')
    out.append(f'<text x="{frame_left + 12}" y="{frame_top + 22}" class="head">Billing.Core</text>')

    # The rooms, and what each names.
    y_of = {node: frame_top + 40 + i * LEVEL for i, row in enumerate(rows) for node in row}
    for points in lines:
        path = [(at[points[0]] + middle, y_of[points[0]] + BOX_HEIGHT)]
        for bend in points[1:-1]:
            path += [(at[bend] + middle, y_of[bend]), (at[bend] + middle, y_of[bend] + BOX_HEIGHT)]
        path.append((at[points[-1]] + middle, y_of[points[-1]]))
        out.append(line(path))
    for row in rows:
        for node in row:
            if '@' not in node:
                out.append(box(at[node] + middle - BOX_WIDTH / 2, y_of[node], BOX_WIDTH, node, 'room'))

    # All names, also those that the lines leave out.
    table_left = frame_left + frame_width + 150
    table_top = frame_top + 120
    size = CELL * len(order)
    out.append(f'<text x="{frame_left + frame_width + 40:.0f}" y="{frame_top + 22}" class="head">Which room (row) names which (column)</text>')
    for i, room in enumerate(order):
        y = table_top + CELL * i
        x = table_left + CELL * i
        out.append(f'<text x="{table_left - 8:.0f}" y="{y + 15:.0f}" class="row">{room}</text>')
        out.append(f'<text transform="translate({x + 15:.0f} {table_top - 8}) rotate(-60)" class="column">{room}</text>')
        out.append(f'<rect class="self" x="{x:.0f}" y="{y}" width="{CELL}" height="{CELL}"/>')
        for j, other in enumerate(order):
            if other in named[room]:
                kind = 'earlier' if j < i else 'later'
                out.append(f'<rect class="{kind}" x="{table_left + CELL * j:.0f}" y="{y}" width="{CELL}" height="{CELL}"/>')
    for i in range(len(order) + 1):
        out.append(f'<path class="grid" d="M{table_left:.0f} {table_top + CELL * i} h{size} M{table_left + CELL * i:.0f} {table_top} v{size}"/>')

    width = table_left + size + MARGIN + 40
    height = max(frame_top + frame_height, table_top + size) + MARGIN + 20
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" font-family="Helvetica, Arial, sans-serif">')
    print('<title>The packages, the rooms of Billing.Core, and which names which</title>')
    print('<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#56647a"/></marker></defs>')
    print('<style>text { fill: #1c2733; font-size: 13px; text-anchor: middle } .name { font-weight: bold } .small { font-size: 11px; fill: #44525f } .head { font-size: 15px; font-weight: bold; text-anchor: start } '
          '.row { text-anchor: end } .column { text-anchor: start } .line { fill: none; stroke: #56647a; stroke-width: 1.4 } .room rect { fill: #e8f0fb; stroke: #3b6ea8 } .package rect { fill: #fdf3e1; stroke: #b98a2f } '
          '.core { fill: #fbfcfe; stroke: #3b6ea8 } .grid { stroke: #d5dbe3; fill: none } .self { fill: #c9d2dd } .earlier { fill: #7fae76 } .later { fill: #d9534a }</style>')
    print(f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>')
    print('\n'.join(out))
    print(f'<text x="{frame_left}" y="{height - 16:.0f}" style="text-anchor: start" class="small">An arrow goes from what names to what is named. Between rooms, an arrow that others imply is left out; the table has them all.</text>')
    print('</svg>')


draw()
