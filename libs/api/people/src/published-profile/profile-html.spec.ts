import { describe, expect, it } from '@jest/globals';
import { escaped, nothingHtml, profileHtml, profilePolicy } from './profile-html';

const nasty = `"><script>alert(1)</script><img src=x onerror='alert(2)'>\`&lt;`;

describe('the page of a published profile', () => {
  const html = profileHtml(
    {
      name: nasty,
      jobTitle: nasty,
      institution: nasty,
      awards: [{ award: nasty, body: nasty, awardedOn: '2024-03-01', validTo: '2027-02-28', verifiedOn: '2024-04-02' }],
    },
    `https://waymark.example/x?"><script>`,
    'nonce',
  );

  it('shows what people typed as text, whatever they typed', () => {
    expect(html).not.toMatch(/<script|<img|onerror='/i);
    expect(html).not.toContain(nasty);
    expect(html.match(/&#60;script&#62;/g)?.length).toBeGreaterThanOrEqual(6);
    // The only elements are ours.
    const elements = new Set([...html.matchAll(/<([a-z0-9]+)/gi)].map((match) => match[1]?.toLowerCase()));
    const ours = [
      'html',
      'head',
      'meta',
      'title',
      'style',
      'body',
      'main',
      'h1',
      'p',
      'ul',
      'li',
      'strong',
      'time',
      'footer',
      'a',
    ];
    expect([...elements].filter((element) => !ours.includes(String(element)))).toEqual([]);
  });

  it('says by whom and when each award was verified', () => {
    expect(html).toContain('Verified on <time datetime="2024-04-02">2 April 2024</time> by ');
    expect(html).toContain('valid to <time datetime="2027-02-28">28 February 2027</time>');
  });

  it('lets no script run, whoever frames it', () => {
    expect(profilePolicy('n')).toContain(`default-src 'none'`);
    expect(profilePolicy('n')).toContain('frame-ancestors *');
    expect(profilePolicy('n')).not.toMatch(/script-src|unsafe/);
    expect(nothingHtml('n')).not.toContain('<script');
  });

  it.each([
    ['<', '&#60;'],
    ['&', '&#38;'],
    [`'`, '&#39;'],
    ['"', '&#34;'],
  ])('writes %s as %s', (character, expected) => {
    expect(escaped(character)).toBe(expected);
  });
});
