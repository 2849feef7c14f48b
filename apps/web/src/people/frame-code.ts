/** Written into somebody else's page: nothing of it may end the attribute it stands in. */
const inAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The line of HTML that shows a published profile on another site. */
export const frameCode = (pageUrl: string, name: string): string =>
  `<iframe src="${inAttribute(pageUrl)}" title="${inAttribute($localize`Verified awards of ${name}:name:`)}" width="400" height="260" style="border:0" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>`;
