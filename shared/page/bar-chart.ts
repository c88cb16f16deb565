// A bar chart as inline SVG. Label and number stand above each bar as text, so nothing depends on colour, and it fits any width.
import type { Html } from './html';
import { html } from './html';

/** What a bar means, for its colour. */
export type Tone = 'danger' | 'warning' | 'notice' | 'good' | 'change' | 'quiet';

/** One bar. */
export interface Bar {
  /** Found by scripts and tests; of letters and hyphens. */
  readonly key: string;
  readonly label: string;
  readonly value: number;
  /** The value as it is read, with its share. */
  readonly text: string;
  readonly tone: Tone;
}

/** A chart; bars are as long as their value compared with the largest. */
export interface BarChart {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** What the picture says, in words, for those who do not see it. */
  readonly description: string;
  readonly bars: readonly Bar[];
}

/** Pixels from one bar to the next, and of the bar itself. */
const STEP = 40;
const THICKNESS = 8;
/** A value that is not 0 must be seen. */
const SHORTEST_PERCENT = 0.7;

/** The picture. */
export function barChart({ id, title, description, bars }: BarChart): Html {
  const largest = Math.max(1, ...bars.map(({ value }) => value));
  const percentOf = (value: number): number =>
    value === 0 ? 0 : Math.max(SHORTEST_PERCENT, Math.round((value / largest) * 10_000) / 100);
  return html`<svg
    class="chart"
    role="img"
    aria-labelledby="${id}-title ${id}-desc"
    width="100%"
    height="${bars.length * STEP}"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${description}</desc>
    ${bars.map((bar, at) => {
      const top = at * STEP;
      const across = percentOf(bar.value);
      return html`<g class="tone-${bar.tone}" data-bar="${bar.key}" data-value="${bar.value}">
        <text class="label" x="0" y="${top + 15}">${bar.label}</text>
        <text class="number" x="100%" y="${top + 15}" text-anchor="end">${bar.text}</text>
        <rect class="track" x="0" y="${top + 22}" width="100%" height="${THICKNESS}" rx="4" />
        <rect class="bar" x="0" y="${top + 22}" width="${across}%" height="${THICKNESS}" rx="4" />
      </g>`;
    })}
  </svg>`;
}
