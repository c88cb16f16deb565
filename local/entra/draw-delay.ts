// Delays by the seed.
import { drawChance } from './chance';
import { scaleDelay, type Delay } from './options';

/** Draws a delay by the seed. Unit: ms, divided by speed. */
export function drawDelay(settings: { seed: number; speed: number }, delay: Delay, kind: string, key: string): number {
  const [least, most] = scaleDelay(delay, settings.speed);
  return least === most ? least : least + (most - least) * drawChance(settings.seed, kind, key);
}
