import { type ApplicationDocument, type ApplicationDraft, askedOf, askedOfDocument, isDay } from '@waymark/contracts';
import type { JudgedContent } from './judge-rules';

/** What the rules look at in a draft: what can be read by now. */
export const contentOfDraft = (draft: ApplicationDraft): JudgedContent => {
  const { askedPence, exact } = askedOf(draft);
  const { startsOn, endsOn } = draft.event;
  return {
    startsOn: isDay(startsOn) ? startsOn : null,
    endsOn: isDay(endsOn) ? endsOn : null,
    askedPence: exact && askedPence > 0 ? askedPence : null,
  };
};

export const contentOfDocument = (document: ApplicationDocument): JudgedContent => ({
  startsOn: document.event.startsOn,
  endsOn: document.event.endsOn,
  askedPence: askedOfDocument(document),
});
