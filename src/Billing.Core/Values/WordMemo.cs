namespace Billing.Values;

/// <summary>Remembers what was judged of the words of a column. Columns of words have few; of one that has many, those after the first are judged each time. Not thread-safe.</summary>
internal sealed class WordMemo<T>(Func<byte[], T> judge)
{
    private const int MostKept = 100;

    private readonly List<(byte[] Word, T Judged)> _known = [];

    public T Of(ReadOnlySpan<byte> word)
    {
        foreach ((byte[] known, T judged) in _known)
        {
            if (word.SequenceEqual(known))
            {
                return judged;
            }
        }

        byte[] copy = word.ToArray();
        T made = judge(copy);
        if (_known.Count < MostKept)
        {
            _known.Add((copy, made));
        }

        return made;
    }
}
