import type { Provider, Type } from '@nestjs/common';
import { AwardsController } from '../awards/awards-controller';
import { AwardsList } from '../awards/awards-list';
import { DecideAward } from '../awards/decide-award';
import { ChangeAward, DeclareAward, RemoveAward } from '../awards/declare-award';
import { OwnProfile } from '../published-profile/own-profile';
import { ProfileController } from '../published-profile/profile-controller';
import { PublicProfiles } from '../published-profile/public-profile';
import { PutPersonSkills, SkillsList } from './skills';

export { AwardsList };

export const directoryControllers: Type<unknown>[] = [AwardsController, ProfileController];

export const directoryProviders: Provider[] = [
  AwardsList,
  DeclareAward,
  ChangeAward,
  RemoveAward,
  DecideAward,
  OwnProfile,
  PublicProfiles,
  PutPersonSkills,
  SkillsList,
];
