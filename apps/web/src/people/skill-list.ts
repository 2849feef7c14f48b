const folded = (skill: string): string => skill.trim().toLocaleLowerCase('en-GB');

/** With one more, unless it is there already, whatever its capitals; blank adds nothing. */
export const withSkill = (skills: readonly string[], added: string): string[] => {
  const name = added.trim().replaceAll(/\s+/g, ' ');
  return name === '' || skills.some((skill) => folded(skill) === folded(name)) ? [...skills] : [...skills, name];
};

export const withoutSkill = (skills: readonly string[], removed: string): string[] =>
  skills.filter((skill) => folded(skill) !== folded(removed));
