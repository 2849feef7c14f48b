import type { Provider, Type } from '@nestjs/common';
import type { EventHandler, ScheduledTask } from '@waymark/api-platform';
import { AddInstitution } from '../sign-in/add-institution';
import { AdministrationHome } from './administration-home';
import { AdministrationController } from './administration-controller';
import { AlikePeople } from './alike';
import { AddClosureDays, ClosureDays, RemoveClosureDays } from './closure-days';
import { AddDelegation, Delegations, EndDelegation } from './delegations';
import { KeepRetention } from './keep-retention';
import {
  AnswerInvitation,
  CreateNetwork,
  InviteToNetwork,
  LeaveNetwork,
  Networks,
  WithdrawInvitation,
} from './networks';
import { NetworksController } from './networks-controller';
import { RolesList } from './roles-list';
import { ChangeSettings, Settings } from './settings';
import { TellOfNetworkJoined, TellOfNetworkLeft } from './tell-of-networks';
import { TimeZones } from './time-zones';
import { AddUnit, ChangeUnit, MergeUnit, RemoveUnit, Units } from './units';

/* What people-module takes from here. */

export const administrationControllers: Type<object>[] = [AdministrationController, NetworksController];

export const administrationProviders: Provider[] = [
  AddClosureDays,
  AddDelegation,
  AddInstitution,
  AddUnit,
  AdministrationHome,
  AlikePeople,
  AnswerInvitation,
  ChangeSettings,
  ChangeUnit,
  ClosureDays,
  CreateNetwork,
  Delegations,
  EndDelegation,
  InviteToNetwork,
  LeaveNetwork,
  MergeUnit,
  Networks,
  RemoveClosureDays,
  RemoveUnit,
  RolesList,
  Settings,
  TimeZones,
  Units,
  WithdrawInvitation,
];

export const administrationEventHandlers: Type<EventHandler>[] = [TellOfNetworkJoined, TellOfNetworkLeft];
export const administrationScheduledTasks: Type<ScheduledTask>[] = [KeepRetention];
