using System.Globalization;

namespace Billing.Amendments;

/// <summary>Checks seals one after the other, each by itself, against the one before it, and against the heads; and remembers them.</summary>
internal sealed class SealChain(IReadOnlyList<LedgerHead> heads)
{
    private readonly Dictionary<string, List<LedgerSeal>> _seals = new(StringComparer.Ordinal);
    private readonly LedgerHead[] _heads = [.. heads.OrderBy(head => head.Number)];
    private LedgerSeal? _last;
    private string _hash = SealDocuments.None;
    private long _number;
    private long _proved;
    private int _nextHead;

    /// <summary>The number of the last seal that was read.</summary>
    public long Number => _number;

    /// <summary>The seals by what they are of.</summary>
    public IReadOnlyDictionary<string, List<LedgerSeal>> Seals => _seals;

    /// <summary>Returns the faults of a seal, which is the next one in the order of ids.</summary>
    public IEnumerable<StoreFault> Check(LedgerDocument document)
    {
        LedgerSeal? seal = null;
        string? unreadable = null;
        try
        {
            seal = SealDocuments.Read(document);
        }
        catch (BillingException exception)
        {
            unreadable = exception.Message;
        }

        if (unreadable is not null || !long.TryParse(document.Id, NumberStyles.None, CultureInfo.InvariantCulture, out long id) || SealDocuments.IdOf(id) != document.Id)
        {
            yield return Fault(null, unreadable ?? $"The document {document} is not a seal: its id is no number.");
            yield break;
        }

        if (id != _number + 1)
        {
            yield return Fault(seal, FormattableString.Invariant($"{(id == _number + 2 ? $"Seal {_number + 1} is" : $"Seals {_number + 1} to {id - 1} are")} missing."));
        }

        string computed = SealForms.HashOf(seal! with { Number = id });
        if (seal!.Number != id || computed != seal.Hash)
        {
            yield return Fault(seal, FormattableString.Invariant($"Seal {id} was changed: its hash would be {computed}, but it has {seal.Hash}."));
        }

        if (seal.Previous != _hash && id == _number + 1)
        {
            yield return Fault(seal, FormattableString.Invariant($"Seal {id} does not follow {(_last is null ? "as the first" : $"seal {_number}")}: that one was changed, or another stood there."));
        }

        _number = id;
        _hash = computed;
        _last = seal;
        foreach (StoreFault fault in CheckHeads(seal, computed))
        {
            yield return fault;
        }

        if (!_seals.TryGetValue(seal.Of, out List<LedgerSeal>? of))
        {
            _seals.Add(seal.Of, of = []);
        }

        of.Add(seal);
    }

    /// <summary>Returns the faults that show when all seals were read.</summary>
    public IEnumerable<StoreFault> Finish()
    {
        for (; _nextHead < _heads.Length; _nextHead++)
        {
            LedgerHead head = _heads[_nextHead];
            yield return new StoreFault
            {
                Kind = StoreFaultKind.SealHead,
                RunId = "",
                Detail = FormattableString.Invariant($"The head is seal {head.Number} of {SealDocuments.TextOf(head.SealedAt)}, but {(_number == 0 ? "the store has no seals" : $"the last seal is {_number}")}: what came after was cut off, or this is another store."),
            };
        }
    }

    private IEnumerable<StoreFault> CheckHeads(LedgerSeal seal, string computed)
    {
        for (; _nextHead < _heads.Length && _heads[_nextHead].Number <= _number; _nextHead++)
        {
            LedgerHead head = _heads[_nextHead];
            if (head.Number == _number && head.Hash == computed)
            {
                _proved = _number;
            }
            else if (head.Number == _number)
            {
                string which = _proved + 1 == _number ? $"seal {_number}" : $"one of the seals {_proved + 1} to {_number}";
                yield return new StoreFault
                {
                    Kind = StoreFaultKind.SealHead,
                    RunId = seal.Of,
                    Detail = FormattableString.Invariant($"Seal {_number}, of {SealDocuments.TextOf(seal.Kind)} {seal.Of}, does not lead to the head of {SealDocuments.TextOf(head.SealedAt)}: {which}, or what it covers, was changed, and all that follows was computed again."),
                };
            }
            else
            {
                yield return new StoreFault { Kind = StoreFaultKind.SealHead, RunId = "", Detail = FormattableString.Invariant($"The seal of the head, {head.Number}, is missing.") };
            }
        }
    }

    private static StoreFault Fault(LedgerSeal? seal, string detail) => new() { Kind = StoreFaultKind.SealChain, RunId = seal?.Of ?? "", Detail = detail };
}
