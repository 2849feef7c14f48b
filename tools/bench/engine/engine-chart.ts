import { init } from 'echarts';
import { spreadOf, verdictOf, written } from './outcome.ts';
import type { Figure } from './section.ts';

const light = {
  paper: '#ffffff',
  ink: '#23262b',
  quiet: '#5b616b',
  line: '#d5d9df',
  met: '#12706a',
  missed: '#b3441e',
};
const dark: typeof light = {
  paper: '#16191e',
  ink: '#e8eaed',
  quiet: '#a9b0bb',
  line: '#3a414b',
  met: '#5cc9be',
  missed: '#ff9a73',
};
const rowHeight = 34;
const width = 960;

/**
 * The figures with an aim as an SVG: each as a share of its aim on a logarithmic axis, so that all units stand side by side,
 * with the spread of its rounds and a line at the aim. Carries colours for light and dark. Empty without such figures.
 */
export function engineChart(figures: readonly Figure[]): string {
  const rows = figures.flatMap((figure) => rowOf(figure));
  if (rows.length === 0) return '';
  const height = rows.length * rowHeight + 76;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({
    animation: false,
    backgroundColor: light.paper,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    grid: { left: 420, right: 150, top: 36, bottom: 44 },
    xAxis: {
      type: 'log',
      logBase: 2,
      name: 'share of the aim, logarithmic',
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: { color: light.quiet },
      axisLabel: { color: light.quiet, formatter: axisText },
      splitLine: { lineStyle: { color: light.line } },
      ...bounds(rows),
    },
    yAxis: [
      categories(
        rows.map(({ lines }) => lines),
        { lineHeight: 14 },
      ),
      {
        ...categories(
          rows.map(({ text }) => text),
          {},
        ),
        position: 'right',
      },
    ],
    series: [spreads(rows), points(rows)],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return readableInTheDark(svg, rows);
}

interface Row {
  readonly label: string;
  /** The label on two lines, cut to fit; the title has all of it. */
  readonly lines: string;
  readonly text: string;
  readonly share: number;
  readonly lowest: number;
  readonly highest: number;
  readonly colour: string;
}

function rowOf(figure: Figure): Row[] {
  const { aim, value, unit, work, instance } = figure;
  if (aim === undefined || !(value > 0)) return [];
  const spread = spreadOf(figure);
  return [
    {
      label: `${work}: ${instance}`,
      lines: `${clipped(work)}\n${clipped(instance)}`,
      text: `${written(value, unit)} (aim ${written(aim, unit)})`,
      share: value / aim,
      lowest: (spread?.lowest ?? value) / aim,
      highest: (spread?.highest ?? value) / aim,
      colour: verdictOf(figure) === 'met' ? light.met : light.missed,
    },
  ];
}

function clipped(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59).trimEnd()}…`;
}

function categories(data: readonly string[], label: object): object {
  return {
    type: 'category',
    inverse: true,
    data,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: light.ink, fontSize: 12, interval: 0, ...label },
  };
}

/** Whole powers of two around everything shown, the aim's line included. */
function bounds(rows: readonly Row[]): { min: number; max: number } {
  const lowest = Math.min(0.5, ...rows.map((row) => row.lowest));
  const highest = Math.max(2, ...rows.map((row) => row.highest));
  return { min: 2 ** Math.floor(Math.log2(lowest)), max: 2 ** Math.ceil(Math.log2(highest)) };
}

function axisText(share: number): string {
  return share < 1 ? `1/${Math.round(1 / share)}` : String(Math.round(share));
}

function points(rows: readonly Row[]): object {
  return {
    type: 'scatter',
    symbolSize: 11,
    data: rows.map((row, at) => ({
      value: [row.share, at],
      itemStyle: { color: row.colour, opacity: 1 },
    })),
    markLine: {
      symbol: 'none',
      silent: true,
      lineStyle: { color: light.ink, type: 'solid', width: 1.5 },
      label: { formatter: 'aim', color: light.ink, position: 'start', distance: 6 },
      data: [{ xAxis: 1 }],
    },
  };
}

function spreads(rows: readonly Row[]): object {
  return {
    type: 'custom',
    silent: true,
    data: rows.map((row, at) => [row.lowest, row.highest, at]),
    renderItem: (_: unknown, api: { value(at: number): number; coord(point: number[]): number[] }) => {
      const at = api.value(2);
      const [x1 = 0, y = 0] = api.coord([api.value(0), at]);
      const [x2 = 0] = api.coord([api.value(1), at]);
      return {
        type: 'line',
        shape: { x1, y1: y, x2, y2: y },
        style: { stroke: light.quiet, lineWidth: 3, opacity: 0.6 },
      };
    },
    encode: { x: [0, 1], y: 2 },
  };
}

/** A stylesheet that swaps each light colour for its dark one where the reader prefers dark, and a title for who cannot see it. */
function readableInTheDark(svg: string, rows: readonly Row[]): string {
  const swaps = Object.entries(light).flatMap(([name, colour]) =>
    ['fill', 'stroke'].map((property) => `[${property}="${colour}"]{${property}:${dark[name as keyof typeof dark]}}`),
  );
  const title = `The engine's figures as shares of their aims: ${rows.map(({ label, text }) => `${label}, ${text}`).join('; ')}`;
  const inside = `<title>${escaped(title)}</title><style>@media (prefers-color-scheme:dark){${swaps.join('')}}</style>`;
  return svg.replace(/^(<svg[^>]*)>/, `$1 role="img">${inside}`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
