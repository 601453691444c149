import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useBuilder } from './builder-context.tsx';
import { InlineSelect } from './inline-select.tsx';
import { capital, eventWords } from './subjects.ts';

interface EventTypesInputProps {
  readonly label: string;
  readonly types: readonly string[];
  readonly onChange: (types: readonly string[]) => void;
  /** The first type stands elsewhere, as the row's subject. */
  readonly withoutFirst?: boolean;
}

const most = 50;

/** Which types of events count: one, or any of several. */
export function EventTypesInput({ label, types, onChange, withoutFirst = false }: EventTypesInputProps) {
  const { fields } = useBuilder();
  const others = fields.eventTypes.filter(({ type }) => !types.includes(type));
  const words = (type: string) => eventWords([type], fields);
  return (
    <>
      {types.map((type, i) => {
        if (i === 0 && withoutFirst) return null;
        const own = { value: type, label: i === 0 ? words(type) : `or ${words(type).toLowerCase()}` };
        const choices = others.map((one) => ({
          value: one.type,
          label: i === 0 ? capital(one.plural) : `or ${one.plural}`,
        }));
        return (
          <InlineSelect
            key={type}
            label={i === 0 ? `${label}: events` : `${label}: another kind`}
            value={type}
            options={[own, ...choices, ...(types.length > 1 ? [{ value: '', label: 'remove this kind' }] : [])]}
            searchable
            onChange={(next) => onChange(types.flatMap((one) => (one !== type ? [one] : next === '' ? [] : [next])))}
          />
        );
      })}
      {others.length > 0 && types.length < most && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Tooltip label="Or another kind of event">
              <ActionIcon aria-label={`${label}: or another kind of event`} size={28}>
                <IconPlus size={16} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
            {others.map(({ type, plural }) => (
              <Menu.Item key={type} onClick={() => onChange([...types, type])}>
                or {plural}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
