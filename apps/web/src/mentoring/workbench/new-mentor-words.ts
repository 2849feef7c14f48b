import { UnlocksView } from '@waymark/contracts';
import { someNames } from '../../shell/words';

/** Of a mentor who is not there yet: "With skills “Welding”, at HEO or SEO"; "Of any kind" where nothing is asked. */
export const newMentorWords = ({
  attribute,
  value,
  grades,
}: Pick<UnlocksView['newMentors'][number], 'attribute' | 'value' | 'grades'>): string => {
  const at = grades.length === 0 ? '' : someNames(grades);
  if (attribute !== null && value !== null) {
    return at === ''
      ? $localize`With ${attribute}:attribute: “${value}:value:”`
      : $localize`With ${attribute}:attribute: “${value}:value:”, at ${at}:grades:`;
  }
  return at === '' ? $localize`Of any kind` : $localize`At ${at}:grades:`;
};
