import { Select, TextInput } from '@mantine/core';
import {
  type Attribute,
  type ColumnTarget,
  customerColumnFields,
  type ImportKind,
  newAttributeTypes,
  orderColumnFields,
  propertyTypes,
  slugOf,
} from '@mini-crm/domain';
import { customerFieldWords, orderFieldWords, typeWords } from './import-words.ts';
import classes from './imports.module.css';

interface ColumnTargetFieldProps {
  readonly name: string;
  readonly kind: ImportKind;
  readonly catalogue: readonly Attribute[];
  readonly target: ColumnTarget;
  /** The targets of all columns: what another column has is not offered. */
  readonly taken: readonly ColumnTarget[];
  readonly onChange: (target: ColumnTarget) => void;
}

/** Chooses where a column goes; a new attribute or property gets its name and type beside it. */
export function ColumnTargetField({ name, kind, catalogue, target, taken, onChange }: ColumnTargetFieldProps) {
  const own = keyOf(target);
  const others = new Set(taken.map(keyOf).filter((value) => value !== own));
  const groups = optionsOf(kind, catalogue).map(({ group, items }) => ({
    group,
    items: items.filter(({ value }) => keepsOffering(value) || !others.has(value)),
  }));

  return (
    <div className={classes.target}>
      <Select
        aria-label={`${name} goes to`}
        data={groups}
        value={own}
        searchable
        allowDeselect={false}
        maxDropdownHeight={360}
        nothingFoundMessage="Nothing of this name"
        onChange={(value) => value && onChange(targetOf(value, name))}
      />
      {target.type === 'newAttribute' && (
        <div className={classes.newTarget}>
          <TextInput
            aria-label={`Name of the new attribute for ${name}`}
            value={target.label}
            maxLength={80}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...target, label: value, slug: slugOf(value) ?? target.slug })
            }
          />
          <Select
            aria-label={`Type of ${target.label}`}
            allowDeselect={false}
            data={newAttributeTypes.map((type) => ({ value: type, label: typeWords[type] }))}
            value={target.valueType}
            onChange={(valueType) => valueType && onChange({ ...target, valueType: valueType as never })}
          />
        </div>
      )}
      {target.type === 'property' && (
        <Select
          aria-label={`Type of ${name}`}
          allowDeselect={false}
          data={propertyTypes.map((type) => ({ value: type, label: typeWords[type] }))}
          value={target.valueType}
          onChange={(valueType) => valueType && onChange({ ...target, valueType: valueType as never })}
        />
      )}
    </div>
  );
}

const keepsOffering = (value: string) => value === 'ignore' || value === 'new' || value === 'property';

function optionsOf(kind: ImportKind, catalogue: readonly Attribute[]) {
  const ignore = { group: '', items: [{ value: 'ignore', label: 'Leave it out' }] };
  if (kind === 'orders') {
    return [
      ignore,
      {
        group: 'Order',
        items: orderColumnFields.map((field) => ({ value: `order:${field}`, label: orderFieldWords[field] })),
      },
      { group: 'More', items: [{ value: 'property', label: 'A property of the order' }] },
    ];
  }
  return [
    ignore,
    {
      group: 'Customer',
      items: customerColumnFields.map((field) => ({ value: `field:${field}`, label: customerFieldWords[field] })),
    },
    {
      group: 'Attributes',
      items: [
        ...catalogue.map(({ slug, label, type }) => ({
          value: `attribute:${slug}`,
          label: `${label} (${type in typeWords ? typeWords[type as keyof typeof typeWords].toLowerCase() : 'options'})`,
        })),
        { value: 'new', label: 'A new attribute' },
      ],
    },
  ];
}

function keyOf(target: ColumnTarget): string {
  switch (target.type) {
    case 'field':
    case 'order':
      return `${target.type}:${target.field}`;
    case 'attribute':
      return `attribute:${target.slug}`;
    case 'newAttribute':
      return 'new';
    case 'ignore':
    case 'property':
      return target.type;
    default:
      return target satisfies never;
  }
}

function targetOf(value: string, name: string): ColumnTarget {
  const [type, rest] = value.split(':', 2) as [string, string?];
  const slug = slugOf(name) ?? 'column';
  if (type === 'field') return { type, field: rest as never };
  if (type === 'order') return { type, field: rest as never };
  if (type === 'attribute') return { type, slug: rest ?? slug };
  if (type === 'new') return { type: 'newAttribute', slug, label: name.trim() || 'New attribute', valueType: 'string' };
  if (type === 'property') return { type: 'property', name: slug, valueType: 'string' };
  return { type: 'ignore' };
}
