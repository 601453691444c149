import { ActionIcon, Alert, Button, Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconGripVertical,
  IconMailCheck,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Instant } from '../../components/instant.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { Sender } from './sender-form-values.ts';
import { stateOf, testWords, throttleWords, whereOf } from './sender-words.ts';
import classes from './senders.module.css';

interface SenderRowProps {
  readonly sender: Sender;
  readonly place: number;
  readonly count: number;
  /** At which edge the row that is dragged would come to stand. */
  readonly dropMark: 'before' | 'behind' | null;
  readonly dragging: boolean;
  readonly onMove: (to: number) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
  readonly drag: {
    readonly start: () => void;
    readonly over: () => void;
    readonly drop: () => void;
    readonly end: () => void;
  };
}

/** A sender with its place, its state and what can be done with it. */
export function SenderRow({
  sender,
  place,
  count,
  dropMark,
  dragging,
  onMove,
  onEdit,
  onRemove,
  drag,
}: SenderRowProps) {
  const { orgId } = useOrganization();
  const test = trpc.senders.test.useMutation();
  const { name } = sender;
  const limits = throttleWords(sender);
  const signed = sender.way.type === 'smtp' && sender.way.dkim;
  return (
    <li
      className={classes.sender}
      data-mark={dropMark ?? undefined}
      data-dragging={dragging || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        drag.over();
      }}
      onDrop={(event) => {
        event.preventDefault();
        drag.drop();
      }}
    >
      {/* By keyboard and on phones the menu moves it. */}
      <span
        className={classes.grip}
        draggable={count > 1}
        data-one={count === 1 || undefined}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', name);
          drag.start();
        }}
        onDragEnd={drag.end}
        title={count > 1 ? 'Drag to another place' : undefined}
        aria-hidden
      >
        <IconGripVertical size={16} stroke={1.7} />
      </span>
      <div className={classes.words}>
        <div className={classes.name}>
          <span className={classes.place}>{place + 1}</span>
          {name}
          <State sender={sender} />
        </div>
        <div className={classes.quiet}>{whereOf(sender)}</div>
        {(limits || signed) && (
          <div className={classes.quiet}>
            {[limits, signed && `Signed for ${signed.domain}`].filter(Boolean).join(' · ')}
          </div>
        )}
      </div>
      <div className={classes.actions}>
        <Button
          size="xs"
          variant="default"
          className={classes.test}
          loading={test.isPending}
          leftSection={<IconMailCheck size={14} stroke={1.7} />}
          onClick={() => test.mutate({ orgId, senderId: sender.id })}
        >
          Send me a test
        </Button>
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`More for ${name}`}>
              <IconDots size={18} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              className={classes.testItem}
              leftSection={<IconMailCheck size={16} stroke={1.7} />}
              onClick={() => test.mutate({ orgId, senderId: sender.id })}
            >
              Send me a test
            </Menu.Item>
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.7} />} onClick={onEdit}>
              Edit
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowUp size={16} stroke={1.7} />}
              disabled={place === 0}
              onClick={() => onMove(place - 1)}
            >
              Move up
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown size={16} stroke={1.7} />}
              disabled={place === count - 1}
              onClick={() => onMove(place + 1)}
            >
              Move down
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.7} />} onClick={onRemove}>
              Remove
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <Trouble sender={sender} />
      {test.error && (
        <div className={classes.below}>
          <ErrorNotice error={test.error} />
        </div>
      )}
      {test.data && !test.isPending && <TestResult {...testWords(test.data.outcome, test.data.to)} />}
    </li>
  );
}

function State({ sender }: { readonly sender: Sender }) {
  const { tone, words, hollow } = stateOf(sender);
  return (
    <StateBadge tone={tone} hollow={hollow}>
      {words}
    </StateBadge>
  );
}

/** Why a sender is passed over, in its provider's words, and until when. */
function Trouble({ sender: { enabled, trouble } }: { readonly sender: Sender }) {
  const now = useNow();
  if (!enabled || !trouble) return null;
  const waits = new Date(trouble.until).getTime() > now.getTime();
  return (
    <div className={`${classes.below} ${classes.trouble}`}>
      {trouble.detail && <>It said: “{trouble.detail}”. </>}
      Since <Instant value={trouble.since} />
      {waits ? (
        <>
          , paused until <Instant value={trouble.until} />.
        </>
      ) : (
        '. It is tried again with the next message.'
      )}
    </div>
  );
}

function TestResult({ ok, title, text }: ReturnType<typeof testWords>) {
  return (
    <div className={classes.below}>
      <Alert role="status" color={ok ? 'green' : 'red'} title={title}>
        {text}
      </Alert>
    </div>
  );
}
