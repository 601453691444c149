import { expect, test } from 'vitest';
import { bounceHalt, haltForBounces, toleratedShare } from './bounces.ts';

test('halts at the share, not before a sample', () => {
  const { minimum } = bounceHalt;
  expect(haltForBounces({ tried: minimum - 1, bounced: minimum - 1 }, undefined)).toBeNull();
  expect(haltForBounces({ tried: minimum, bounced: 9 }, undefined)).toBeNull();
  expect(haltForBounces({ tried: minimum, bounced: 10 }, undefined)).toEqual({
    code: 'too_many_bounces',
    details: { tried: minimum, bounced: 10, share: 0.05 },
  });
});

test('does not halt again at what was tolerated, but at a good deal more', () => {
  const halted = haltForBounces({ tried: 1000, bounced: 70 }, undefined);
  const tolerated = toleratedShare(halted);
  expect(tolerated).toBe(0.07);
  expect(haltForBounces({ tried: 1000, bounced: 70 }, tolerated)).toBeNull();
  expect(haltForBounces({ tried: 10_000, bounced: 900 }, tolerated)).toBeNull();
  expect(haltForBounces({ tried: 10_000, bounced: 1_250 }, tolerated)).toMatchObject({ details: { share: 0.125 } });
});

test('another reason to pause tolerates nothing', () => {
  expect(toleratedShare(null)).toBeUndefined();
  expect(toleratedShare({ code: 'login_refused', details: {} })).toBeUndefined();
});
