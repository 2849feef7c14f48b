import type { PublicProfile } from '@waymark/contracts';

/** Everything that people typed goes through this; the page has no script and no address of theirs. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);

const style = `:root{color-scheme:light dark}body{margin:0;padding:16px;font:16px/1.5 system-ui,sans-serif;background:light-dark(#fff,#18201c);color:light-dark(#17211c,#e6ece7);overflow-wrap:anywhere}h1{margin:0;font-size:1.25rem;line-height:1.25}p{margin:0}ul{list-style:none;margin:12px 0 0;padding:0}li{padding:10px 0;border-top:1px solid light-dark(#d6ddd7,#303c36)}.q{color:light-dark(#47544d,#b5c1ba);font-size:.875rem}a{color:light-dark(#1d5b45,#8fd3b2)}footer{margin-top:12px}`;

const day = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${iso}T12:00:00Z`),
  );

/** A small page for a frame on somebody else's site: name, job title, and each current award with who verified it when. */
export const profileHtml = (profile: PublicProfile, address: string, nonce: string): string => {
  const institution = escaped(profile.institution);
  const awards = profile.awards.map(({ award, body, awardedOn, validTo, verifiedOn }) => {
    const dates = `Awarded ${time(awardedOn)}${validTo ? `, valid to ${time(validTo)}` : ''}`;
    const verified = verifiedOn ? `Verified on ${time(verifiedOn)} by ${institution}` : `Verified by ${institution}`;
    return `<li><p><strong>${escaped(award)}</strong>, ${escaped(body)}</p><p class="q">${dates}</p><p class="q">✓ ${verified}</p></li>`;
  });
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(profile.name)}: verified awards</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1>${escaped(profile.name)}</h1>
<p class="q">${[profile.jobTitle, profile.institution]
    .filter((fact) => fact !== null && fact !== '')
    .map((fact) => escaped(String(fact)))
    .join(', ')}</p>
<ul>
${awards.join('\n')}
</ul>
</main>
<footer><p class="q"><a href="${escaped(address)}" target="_blank" rel="noopener noreferrer">See this at its own address</a></p></footer>
</body>
</html>
`;
};

const time = (iso: string): string => `<time datetime="${escaped(iso)}">${day(iso)}</time>`;

/** What stands in the frame once there is nothing to show. */
export const nothingHtml = (nonce: string): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>No longer published</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1>Nothing is published here</h1>
<p class="q">This profile was taken back, or its awards are no longer in force.</p>
</main>
</body>
</html>
`;

/** No script, nothing from anywhere, our own style alone; and any site may show it in a frame. */
export const profilePolicy = (nonce: string): string =>
  [
    `default-src 'none'`,
    `style-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors *`,
    `sandbox allow-popups allow-popups-to-escape-sandbox`,
  ].join('; ');
