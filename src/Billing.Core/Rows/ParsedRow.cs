using Billing.Values;

namespace Billing.Rows;

/// <summary>
/// One row of a source after parsing: its typed values as far as they could be read, and its fault if it has one.
/// The texts of a CSV row stay in its block, as UTF-8, until somebody asks for a string. The object is used again for a row of a later batch.
/// </summary>
internal sealed class ParsedRow
{
    private RowText _sourceId;
    private RowText _party;
    private RowText _account;
    private RowText _description;
    private RowText[] _values = [];
    private int _count;
    private RecordAttributes? _attributes;

    /// <summary>The line that the row starts on, counted from 1.</summary>
    public long Line { get; set; }

    /// <summary>The offset of its first byte in the UTF-8 form of the decompressed source.</summary>
    public long ByteOffset { get; set; }

    /// <summary>Its bytes without the line break; a slice of a block that is never reused.</summary>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <summary>Its length in the source, in bytes: more than that of <see cref="Raw"/> only if the row is over the limit.</summary>
    public long RawLength { get; set; }

    /// <summary>The block that its texts are in; null if all are strings.</summary>
    public byte[]? Block { get; private set; }

    /// <summary>What it shares with the other rows of its source; null if it has nothing of it.</summary>
    public RowShape? Shape { get; private set; }

    /// <summary>The fault; null if the row can be processed further.</summary>
    public RowFault? Fault { get; set; }

    public DateOnly Date { get; set; }

    public DateTimeOffset? Instant { get; set; }

    /// <summary>The amount, set whenever it could be read, even on a row with a fault elsewhere.</summary>
    public decimal? Amount { get; set; }

    /// <summary>The code as written or the default one, trimmed; null if there is none. Set whenever it could be read.</summary>
    public string? CurrencyCode { get; set; }

    /// <summary>The running balance after the row, in its currency; null if the layout names no column of it, or the row does not say.</summary>
    public decimal? Balance { get; set; }

    /// <summary>Why there is a balance that cannot be read. It costs the row nothing, but its source its proof.</summary>
    public RowFault? BalanceFault { get; set; }

    public string? SourceId { get => _sourceId.Decode(Block, Shape?.Ids); set => _sourceId = new RowText(value); }

    public string? Party { get => _party.Decode(Block, Shape?.Parties); set => _party = new RowText(value); }

    public string? Account { get => _account.Decode(Block, Shape?.Accounts); set => _account = new RowText(value); }

    public string? Description { get => _description.Decode(Block, Shape?.Descriptions); set => _description = new RowText(value); }

    /// <summary>The value of the layout's scope column.</summary>
    public string? Scope { get; set; }

    /// <summary>From the layout's category column, trimmed; null where it is blank.</summary>
    public string? Category { get; set; }

    public RecordAttributes Attributes
    {
        get => _attributes ??= ReadAttributes();
        set => _attributes = value;
    }

    /// <summary>The bank's id of the transaction, of a row that is pending, trimmed; null where it has none.</summary>
    public string? PendingId { get; set; }

    /// <summary>The values of the identity's columns, in its order; empty unless the identity is by columns.</summary>
    public string[] IdentityValues { get; set; } = [];

    /// <summary><see cref="SourceId"/>, as it is.</summary>
    public ref RowText SourceIdText => ref _sourceId;

    /// <summary><see cref="Party"/>, as it is.</summary>
    public ref RowText PartyText => ref _party;

    /// <summary><see cref="Account"/>, as it is.</summary>
    public ref RowText AccountText => ref _account;

    /// <summary><see cref="Description"/>, as it is.</summary>
    public ref RowText DescriptionText => ref _description;

    /// <summary>The values of the attributes that <see cref="Shape"/> names, as they are; empty if <see cref="Attributes"/> was set.</summary>
    public ReadOnlySpan<RowText> AttributeTexts => _values.AsSpan(0, _count);

    /// <summary>Begins a row, in which nothing but this is set.</summary>
    /// <param name="block">The block that its texts are in; null if all will be strings.</param>
    /// <param name="shape">What it shares with the other rows of its source, or null.</param>
    public void Begin(long line, long byteOffset, ReadOnlyMemory<byte> raw, long rawLength, byte[]? block, RowShape? shape)
    {
        Line = line;
        ByteOffset = byteOffset;
        Raw = raw;
        RawLength = rawLength;
        Block = block;
        Shape = shape;
        Fault = null;
        Date = default;
        Instant = null;
        Amount = null;
        CurrencyCode = null;
        Balance = null;
        BalanceFault = null;
        _sourceId = default;
        _party = default;
        _account = default;
        _description = default;
        Scope = null;
        Category = null;
        PendingId = null;
        _attributes = null;
        _count = 0;
        IdentityValues = [];
    }

    /// <summary>Returns room for the values of the attributes that <see cref="Shape"/> names, all of which must be set.</summary>
    public Span<RowText> SetAttributes()
    {
        _count = Shape!.Names.Length;
        if (_values.Length < _count)
        {
            _values = new RowText[_count];
        }

        return _values.AsSpan(0, _count);
    }

    /// <summary>The names of the attributes, in an array that never changes.</summary>
    public string[] AttributeNames => _count > 0 ? Shape!.Names : Attributes.SharedNames;

    /// <summary>Returns the value of an attribute by its place among the names, or null.</summary>
    public string? AttributeAt(int place) => _count > 0 ? _values[place].Decode(Block, Shape!.Attributes[place]) : Attributes.Values[place];

    private RecordAttributes ReadAttributes()
    {
        if (_count == 0)
        {
            return RecordAttributes.Empty;
        }

        string?[] values = new string?[_count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = AttributeAt(i);
        }

        return RecordAttributes.Of(Shape!.Names, values, Shape.Ignored);
    }
}
