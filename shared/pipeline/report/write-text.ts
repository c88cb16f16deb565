// A report that is one text.
import type { Run } from '../../run/run';
import type { Pipeline } from '../pipeline';

/** Writes it, in place of an older one of the same name. */
export async function writeText(
  { reports }: Pick<Pipeline, 'reports'>,
  run: Run,
  name: string,
  text: string,
): Promise<void> {
  const report = reports.write(run, name);
  await report.append(text);
  await report.commit();
}
