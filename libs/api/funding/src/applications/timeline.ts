import type { Tx } from '@waymark/api-platform';
import type { ApplicationEventKind } from '@waymark/contracts';

/** One line of an application's timeline. `facts` hold figures, days and words of ours, never another person's private words. */
export interface NewEvent {
  applicationId: string;
  kind: ApplicationEventKind;
  facts?: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * Appends to the timelines of applications in the caller's transaction, in one statement however many there are. Who did it is
 * the transaction's person; null is Waymark itself.
 */
export const record = async (tx: Tx, events: readonly NewEvent[]): Promise<void> => {
  if (events.length === 0) return;
  await tx.query(
    `insert into application_event (institution_id, id, application_id, kind, at, by_person, facts)
     select $1, e.id, e."applicationId", e.kind, $2, $3, e.facts
     from jsonb_to_recordset($4::jsonb) as e(id uuid, "applicationId" uuid, kind text, facts jsonb)`,
    [
      ...[tx.scope.institutionId, tx.now, tx.scope.personId],
      JSON.stringify(events.map((event) => ({ ...event, id: tx.newId(), facts: event.facts ?? {} }))),
    ],
  );
};
