import { z } from 'zod';
import { day, id } from '../platform/fields';

/**
 * Topic `person.left`: the person's last day has passed. Each domain ends what it holds of them; handlers are safe to
 * repeat, and do nothing for somebody who is active again.
 */
export const PERSON_LEFT = 'person.left';
export const personLeft = z.object({ personId: id, lastDay: day });
export type PersonLeft = z.infer<typeof personLeft>;
