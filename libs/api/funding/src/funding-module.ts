import { type DynamicModule, Module } from '@nestjs/common';
import { FundingController, FundingDeedsController } from './funding-controller';
import { CorrectEntry } from './ledger/correct-entry';
import { Entries } from './ledger/entries';
import { Journal } from './ledger/journal';
import { AddPot, ChangePot } from './pots/add-pot';
import { AddCostCode, ChangeCostCode, CostCodes } from './pots/cost-codes';
import { FundPot } from './pots/fund-pot';
import { PotViews } from './pots/pot-view';
import { PotsList } from './pots/pots-list';
import { RollPotOver } from './pots/roll-pot-over';
import { TransferBetweenPots } from './pots/transfer-between-pots';

@Module({})
export class FundingModule {
  static forApi(): DynamicModule {
    return {
      module: FundingModule,
      controllers: [FundingController, FundingDeedsController],
      providers: [
        ...[CostCodes, AddCostCode, ChangeCostCode, PotsList, PotViews, AddPot, ChangePot],
        ...[FundPot, TransferBetweenPots, RollPotOver, Entries, CorrectEntry, Journal],
      ],
    };
  }
}
