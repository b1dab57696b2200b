using System.Diagnostics.CodeAnalysis;

namespace Billing.Storage;

/// <summary>
/// Puts a page together: where it begins, how much to read, when it is full by items or by bytes, and the token of the next one. <see cref="StorePages"/> begins one.
/// </summary>
/// <typeparam name="TItem">What is listed.</typeparam>
/// <typeparam name="TPosition">The position of an item in the order of the listing.</typeparam>
public sealed class PageBuilder<TItem, TPosition>
{
    private readonly PageRequest _page;
    private readonly QueryIdentity _query;
    private readonly Func<TItem, TPosition> _positionOf;
    private readonly Func<TPosition, byte[]> _write;
    private readonly Func<TItem, long> _bytesOf;
    private readonly int _size;
    private readonly List<TItem> _items = [];
    private readonly TPosition? _after;
    private readonly bool _isFirst;
    private long _bytes;
    private bool _isFull;
    private bool _hasNext;

    internal PageBuilder(PageRequest page, QueryIdentity query, Func<TItem, TPosition> positionOf, Func<TPosition, byte[]> write, PositionReader<TPosition> read, Func<TItem, long> bytesOf)
    {
        _page = page;
        _query = query;
        _positionOf = positionOf;
        _write = write;
        _bytesOf = bytesOf;
        _size = PageToken.SizeOf(page);
        byte[]? after = PageToken.Read(page, query);
        _isFirst = after is null;
        _after = after is null ? default : read(after);
    }

    /// <summary>The most items that are left to read: those that the page has room for, and one that tells whether another page follows.</summary>
    public int Limit => _hasNext ? 0 : _isFull ? 1 : _size + 1 - _items.Count;

    /// <summary>The position after which the page begins.</summary>
    /// <returns>False for the first page.</returns>
    public bool TryGetAfter([MaybeNullWhen(false)] out TPosition after)
    {
        after = _after;
        return !_isFirst;
    }

    /// <summary>Adds the next item of the listing.</summary>
    /// <returns>False where the item is one more than the page has room for: read no further.</returns>
    public bool Add(TItem item)
    {
        if (_isFull)
        {
            _hasNext = true;
            return false;
        }

        _items.Add(item);
        _bytes += _bytesOf(item);
        _isFull = _items.Count == _size || _bytes >= _page.MostBytes;
        return true;
    }

    /// <summary>Adds items until the page is full.</summary>
    /// <param name="items">What follows the position, in the order of the listing.</param>
    public Page<TItem> Fill(IEnumerable<TItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (TItem item in items)
        {
            if (!Add(item))
            {
                break;
            }
        }

        return ToPage();
    }

    /// <summary>The page; its token is null where no item was left over.</summary>
    public Page<TItem> ToPage() => new(_items, _hasNext ? PageToken.Write(_query, _write(_positionOf(_items[^1]))) : null);
}
