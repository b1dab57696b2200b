"""Makes the table and the picture of benchmarks/scale.sh. Usage: curve.py MEASURED STORE PICTURE"""
import datetime
import math
import os
import platform
import subprocess
import sys
from html import escape
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 900, 460, 80, 200, 60, 70
COLOURS = {"by the clock": "#3b6ea8", "processor": "#b98a2f", "processor of the server": "#7fae76"}


def read(path):
    """For each size the microseconds that a row of the last file took."""
    points = []
    for line in open(path, encoding="utf-8"):
        size, rows, elapsed, user, system, memory, before, after = line.split("\t")
        micro = 1e6 / int(rows)
        costs = {"by the clock": float(elapsed) * micro, "processor": (float(user) + float(system)) * micro}
        if float(after) > 0:
            costs["processor of the server"] = (float(after) - float(before)) * micro
        points.append((int(size), int(rows), costs, int(memory) / 1024))
    return points


def short(size):
    return f"{size // 1_000_000} million" if size >= 1_000_000 else f"{size:,}"


def step_of(top):
    """A round distance between lines, for about six of them."""
    power = 10 ** math.floor(math.log10(top / 6))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor * 6 >= top)


def draw(points, title):
    first, last = math.log10(points[0][0]), math.log10(points[-1][0])
    step = step_of(max(cost for _, _, costs, _ in points for cost in costs.values()))
    lines = math.ceil(max(cost for _, _, costs, _ in points for cost in costs.values()) / step)

    def x(size):
        return LEFT + (math.log10(size) - first) / max(last - first, 1e-9) * (WIDTH - LEFT - RIGHT)

    def y(cost):
        return HEIGHT - BOTTOM - cost / (lines * step) * (HEIGHT - TOP - BOTTOM)

    out = []
    for i in range(lines + 1):
        out.append(f'<path class="grid" d="M{LEFT} {y(i * step):.1f} H{WIDTH - RIGHT}"/><text x="{LEFT - 8}" y="{y(i * step) + 4:.1f}" class="value">{i * step:g}</text>')
    marks = [10 ** power * factor for power in range(4, 9) for factor in (1, 2, 5)]
    for size in marks:
        if points[0][0] <= size <= points[-1][0]:
            out.append(f'<path class="grid" d="M{x(size):.1f} {TOP} V{HEIGHT - BOTTOM}"/><text x="{x(size):.1f}" y="{HEIGHT - BOTTOM + 20}" class="small">{short(size)}</text>')
    for name in points[0][2]:
        path = " ".join(f'{"ML"[i > 0]}{x(size):.1f} {y(costs[name]):.1f}' for i, (size, _, costs, _) in enumerate(points))
        out.append(f'<path d="{path}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>')
        out += [f'<circle cx="{x(size):.1f}" cy="{y(costs[name]):.1f}" r="3" fill="{COLOURS[name]}"/>' for size, _, costs, _ in points]
    for i, name in enumerate(points[0][2]):
        out.append(f'<rect x="{WIDTH - RIGHT + 20}" y="{TOP + 24 * i}" width="14" height="14" fill="{COLOURS[name]}"/><text x="{WIDTH - RIGHT + 40}" y="{TOP + 24 * i + 12}" class="legend">{name}</text>')
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Helvetica, Arial, sans-serif">',
        f'<title>{escape(title)}</title>',
        '<style>text { fill: #1c2733; font-size: 13px } .head { font-size: 15px; font-weight: bold } .value { text-anchor: end } .small { font-size: 11px; fill: #44525f; text-anchor: middle } .legend { font-size: 12px } .grid { stroke: #d5dbe3; fill: none }</style>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="30" class="head">{escape(title)}</text>',
        *out,
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 20}" class="small">records in the store after the file</text>',
        f'<text transform="translate(20 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" class="small">microseconds per row</text>',
        '</svg>', ''])


measured, store, picture = sys.argv[1:]
points = read(measured)
title = f"The cost of a row, {short(points[0][0])} to {short(points[-1][0])} records, {store}"
Path(picture).write_text(draw(points, title), "utf-8")
runtime = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=True).stdout.strip()
processor = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
print(f"# {title}, {datetime.datetime.now(datetime.UTC):%Y-%m-%d}\n")
print(f"{processor}, {os.cpu_count()} cores; .NET SDK {runtime}. `benchmarks/scale.sh`: each line is one file, ingested by the native command into the store of the lines above. Microseconds per row of that file; each file pays once for the start of the command, which shows in small ones.\n")
print(f"![{title}]({Path(picture).name})\n")
print("| records after the file | rows of the file |" + "".join(f" {name} |" for name in points[0][2]) + " peak memory |")
print("|---|---|" + "---|" * len(points[0][2]) + "---|")
for size, rows, costs, memory in points:
    print(f"| {size:,} | {rows:,} |" + "".join(f" {cost:.2f} |" for cost in costs.values()) + f" {memory:.0f} MiB |")
