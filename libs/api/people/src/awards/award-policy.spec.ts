import { describe, expect, it } from '@jest/globals';
import type { AwardStatus } from '@waymark/contracts';
import { awardPolicy, statusOn } from './award-policy';

const today = '2026-11-22';
const award = (status: AwardStatus, validTo: string | null = null) => ({ personId: 'holder', status, validTo });
const refusal = (act: () => void): string => {
  try {
    act();
    return 'allowed';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('an award', () => {
  it.each<[AwardStatus, string | null, AwardStatus]>([
    ['verified', null, 'verified'],
    ['verified', '2026-11-22', 'verified'],
    ['verified', '2026-11-21', 'lapsed'],
    ['declared', '2026-11-21', 'declared'],
    ['rejected', '2026-11-21', 'rejected'],
  ])('that is %s and valid to %s counts as %s', (status, validTo, expected) => {
    expect(statusOn(award(status, validTo), today)).toBe(expected);
  });

  it.each<[AwardStatus, string, string]>([
    ['declared', 'allowed', 'allowed'],
    ['rejected', 'status-refused', 'allowed'],
    ['verified', 'status-refused', 'status-refused'],
    ['lapsed', 'status-refused', 'status-refused'],
  ])('that is %s: its holder changing it is %s, removing it is %s', (status, change, remove) => {
    expect(refusal(() => awardPolicy.mayChange({ personId: 'holder' }, award(status)))).toBe(change);
    expect(refusal(() => awardPolicy.mayRemove({ personId: 'holder' }, award(status)))).toBe(remove);
    expect(refusal(() => awardPolicy.mayChange({ personId: 'other' }, award(status)))).toBe('not-found');
    expect(refusal(() => awardPolicy.mayRemove({ personId: 'other' }, award(status)))).toBe('not-found');
  });

  it.each<[AwardStatus, string | null, string, string]>([
    ['declared', null, 'allowed', 'allowed'],
    ['verified', null, 'status-refused', 'status-refused'],
    ['verified', '2026-11-21', 'allowed', 'status-refused'],
    ['rejected', null, 'status-refused', 'status-refused'],
  ])(
    'that is %s, valid to %s: verifying it is %s, rejecting it is %s; never by its holder',
    (status, validTo, verify, reject) => {
      const one = award(status, validTo);
      expect(refusal(() => awardPolicy.mayDecide({ personId: 'verifier' }, one, 'verified', today))).toBe(verify);
      expect(refusal(() => awardPolicy.mayDecide({ personId: 'verifier' }, one, 'rejected', today))).toBe(reject);
      expect(refusal(() => awardPolicy.mayDecide({ personId: 'holder' }, one, 'verified', today))).toBe('own-award');
      expect(refusal(() => awardPolicy.mayDecide({ personId: 'holder' }, one, 'rejected', today))).toBe('own-award');
    },
  );
});
