import type { NetworksView } from '@waymark/contracts';

type HistoryLine = NetworksView['history'][number];

/** One line of the history: what happened, with the network where it is still known here. */
export const historyWords = ({ act, network }: Pick<HistoryLine, 'act' | 'network'>): string => {
  const name = network ?? $localize`a network that you no longer belong to`;
  switch (act) {
    case 'network.create':
      return $localize`Made ${name}:network:`;
    case 'network.invite':
      return $localize`Asked an institution into ${name}:network:`;
    case 'network.withdraw-invitation':
      return $localize`Withdrew an invitation into ${name}:network:`;
    case 'network.join':
      return $localize`Joined ${name}:network:`;
    case 'network.decline':
      return network ? $localize`Declined to join ${name}:network:` : $localize`Declined an invitation`;
    case 'network.leave':
      return $localize`Left ${name}:network:`;
    case 'network.close':
      return $localize`Closed a network: nobody was left in it`;
    case 'network.member-joined':
      return $localize`Another institution joined ${name}:network:`;
    case 'network.member-left':
      return $localize`Another institution left ${name}:network:`;
  }
};

/** What follows when the institution leaves. */
export const leavingWords = (network: Pick<NetworksView['networks'][number], 'members' | 'invitations'>): string[] => [
  network.members.length === 1
    ? $localize`Your institution is the last one, so the network is closed. It cannot be opened again.`
    : $localize`The others stay in it and are told. To come back, one of them has to ask you.`,
  $localize`Nothing new is shared with them through this network.`,
  $localize`Your own rounds, pairs and records go on as they are.`,
  ...(network.invitations.length > 0 ? [$localize`Invitations that you sent and nobody answered are withdrawn.`] : []),
];
