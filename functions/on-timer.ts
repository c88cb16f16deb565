// Timer → reconcile.
import { reconcile } from '../shared/pipeline/reconcile/reconcile';
import type { Story } from './with-pipeline';

export const onTimer: Story = (pipeline) => reconcile(pipeline);
