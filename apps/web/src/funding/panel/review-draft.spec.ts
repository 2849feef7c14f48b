import { describe, expect, it, jest } from '@jest/globals';
import type { ReviewSaved, SaveReview } from '@waymark/contracts';
import { Problem } from '../../shell/problem';
import { ReviewDraft } from './review-draft';

const id = '0198a000-0000-7000-8000-000000000001';
const start = { version: 3, scores: {}, commentToApplicant: '', privateComment: '' };
const saved = (version: number): ReviewSaved => ({ id, version, status: 'drafting', score: null });

describe('a review being written', () => {
  it('saves the last of what was typed, each time on the revision before', async () => {
    const sent: SaveReview[] = [];
    const draft = new ReviewDraft(start, (content) => {
      sent.push(content);
      return Promise.resolve(saved(content.version + 1));
    });
    draft.change({ scores: { a: 4 } });
    draft.change({ commentToApplicant: 'Clear' });
    expect(draft.saving()).toBe('unsaved');
    expect(await draft.settle()).toBe(true);
    draft.change({ scores: { a: 5 } });
    await draft.settle();
    expect(sent).toEqual([
      { version: 3, scores: { a: 4 }, commentToApplicant: 'Clear', privateComment: '' },
      { version: 4, scores: { a: 5 }, commentToApplicant: 'Clear', privateComment: '' },
    ]);
    expect([draft.saving(), draft.version()]).toEqual(['saved', 5]);
  });

  it('sends nothing of its own once it is settled, however quickly one typed', async () => {
    jest.useFakeTimers();
    try {
      const sent: SaveReview[] = [];
      const draft = new ReviewDraft(start, async (content) => {
        sent.push(content);
        await Promise.resolve();
        return saved(content.version + 1);
      });
      draft.change({ scores: { a: 4 } });
      jest.advanceTimersByTime(700);
      // The first save is on its way.
      draft.change({ scores: { a: 5 } });
      expect(await draft.settle()).toBe(true);
      draft.accepted(9);
      await jest.advanceTimersByTimeAsync(10_000);
      expect(sent.map(({ scores }) => scores['a'])).toEqual([4, 5]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('loses nothing where another window saved, and writes over it only when told to', async () => {
    let refuse = true;
    const draft = new ReviewDraft(start, ({ version }) =>
      refuse ? Promise.reject(new Problem('changed-meanwhile', 409)) : Promise.resolve(saved(version + 1)),
    );
    draft.change({ privateComment: 'Mine' });
    expect(await draft.settle()).toBe(false);
    expect([draft.saving(), draft.now().privateComment]).toEqual(['conflict', 'Mine']);
    refuse = false;
    expect(await draft.settle()).toBe(false);
    await draft.overwrite(7);
    expect([draft.saving(), draft.version()]).toEqual(['saved', 8]);
  });

  it('keeps what is typed while the connection is gone', async () => {
    let gone = true;
    const draft = new ReviewDraft(start, ({ version }) =>
      gone ? Promise.reject(new Problem('offline', 0)) : Promise.resolve(saved(version + 1)),
    );
    draft.change({ commentToApplicant: 'On the train' });
    expect(await draft.settle()).toBe(false);
    expect([draft.saving(), draft.now().commentToApplicant]).toEqual(['waiting', 'On the train']);
    gone = false;
    expect(await draft.settle()).toBe(true);
    draft.end();
  });
});
