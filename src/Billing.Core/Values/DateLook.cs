using Billing.Texts;

namespace Billing.Values;

/// <summary>Finds the formats that the dates of a column are written in.</summary>
internal static class DateLook
{
    private const int MostFormats = 3;

    private const int Probed = 32;

    private const int FirstYear = 1900;

    private const int LastYear = 2100;

    // In order of preference, for formats that read the same values. No format with points has the month before the day: nobody writes that.
    private static readonly DatePattern[] Known = [.. new[]
    {
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy/MM/dd", "yyyy/MM/dd HH:mm", "yyyy/MM/dd HH:mm:ss", "yyyy.MM.dd", "yyyy.MM.dd.", "yyyy. MM. dd.", "yyyy MM dd", "yyyyMMdd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d",
        "dd.MM.yyyy", "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss", "d.M.yyyy", "d. M. yyyy", "dd.MM.yyyy.", "d.M.yyyy.", "dd.MM.yy", "d.M.yy", "dd MM yyyy", "MM dd yyyy",
        "dd/MM/yyyy", "MM/dd/yyyy", "dd/MM/yyyy HH:mm", "MM/dd/yyyy HH:mm", "dd/MM/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm:ss",
        "d/M/yyyy", "M/d/yyyy", "d/M/yyyy H:mm", "M/d/yyyy H:mm", "d/M/yyyy h:mm tt", "M/d/yyyy h:mm tt", "d/M/yyyy h:mm:ss tt", "M/d/yyyy h:mm:ss tt",
        "dd/MM/yy", "MM/dd/yy", "d/M/yy", "M/d/yy",
        "dd-MM-yyyy", "MM-dd-yyyy", "d-M-yyyy", "M-d-yyyy", "dd-MM-yy", "MM-dd-yy",
        "dd MMM yyyy", "d MMM yyyy", "dd-MMM-yyyy", "d-MMM-yyyy", "dd-MMM-yy", "d-MMM-yy", "dd MMM yy", "d MMM yy", "dd/MMM/yyyy", "d. MMM yyyy", "d. MMMM yyyy", "dd MMMM yyyy", "d MMMM yyyy", "MMM dd, yyyy", "MMM d, yyyy", "MMM d yyyy", "MMMM d yyyy", "MMMM dd, yyyy", "MMMM d, yyyy",
    }.Select(format => new DatePattern(format))];

    private static readonly DateParser Iso = new(SourceLayout.Default);

    /// <summary>Whether a value is a date in any known format.</summary>
    public static bool IsDate(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> text = Utf8Text.Trim(value);
        if (Read(null, text) is not null)
        {
            return true;
        }

        foreach (DatePattern pattern in Known)
        {
            if (Read(pattern, text) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the formats that read the values of a column.</summary>
    public static DateFinding Find(IReadOnlyList<byte[]> values)
    {
        int iso = values.Count(value => Read(null, value) is not null);
        if (iso == values.Count)
        {
            return new DateFinding([], iso, []);
        }

        // Saves trying every format on every value of most columns.
        if (!values.Take(Probed).Any(value => IsDate(value)))
        {
            return new DateFinding([], 0, []);
        }

        DateOnly?[][] dates = [.. Known.Select(pattern => values.Select(value => Read(pattern, Utf8Text.Trim(value))).ToArray())];
        DateOnly?[] read = new DateOnly?[values.Count];
        List<int> chosen = [];
        while (chosen.Count < MostFormats && Best(dates, read) is { } best)
        {
            if (Rival(dates, read, best) is { } rival)
            {
                return new DateFinding([], dates[best].Count(date => date is not null), [Known[best].ToString(), Known[rival].ToString()]);
            }

            chosen.Add(best);
            for (int i = 0; i < read.Length; i++)
            {
                read[i] ??= dates[best][i];
            }
        }

        string[] formats = [.. chosen.Select(pattern => Known[pattern].ToString())];
        string[] doubt = Contradiction(dates, read, chosen);
        return doubt.Length == 0
            ? new DateFinding(formats, read.Count(date => date is not null), [])
            : new DateFinding([], Enumerable.Range(0, values.Count).Count(i => dates.Any(date => date[i] is not null)), doubt);
    }

    private static DateOnly? Read(DatePattern? pattern, ReadOnlySpan<byte> text)
    {
        DateOnly date;
        bool isDate = pattern is null ? Iso.ParseDate(text, "", out date) is null : pattern.TryParse(text, out date);
        return isDate && date.Year is >= FirstYear and <= LastYear ? date : null;
    }

    // The format that reads the most values not read yet, and reads none of the others differently.
    private static int? Best(DateOnly?[][] dates, DateOnly?[] read)
    {
        int? best = null;
        int most = 0;
        for (int pattern = 0; pattern < dates.Length; pattern++)
        {
            int gain = Gain(dates[pattern], read);
            if (gain > most && !Disagrees(dates[pattern], read))
            {
                (best, most) = (pattern, gain);
            }
        }

        return best;
    }

    // A format that reads as many of them with day and month swapped: only a person knows which is right.
    private static int? Rival(DateOnly?[][] dates, DateOnly?[] read, int best)
    {
        int gain = Gain(dates[best], read);
        for (int pattern = 0; pattern < dates.Length; pattern++)
        {
            if (Gain(dates[pattern], read) == gain
                && IsDayFirst(Known[pattern]) != IsDayFirst(Known[best])
                && Enumerable.Range(0, read.Length).All(i => read[i] is not null || dates[pattern][i] is null == dates[best][i] is null))
            {
                return pattern;
            }
        }

        return null;
    }

    // What stays unread because the only format for it has day and month swapped.
    private static string[] Contradiction(DateOnly?[][] dates, DateOnly?[] read, List<int> chosen)
    {
        for (int pattern = 0; pattern < dates.Length; pattern++)
        {
            if (Gain(dates[pattern], read) > 0 && Disagrees(dates[pattern], read))
            {
                return [Known[chosen[0]].ToString(), Known[pattern].ToString()];
            }
        }

        return [];
    }

    private static int Gain(DateOnly?[] dates, DateOnly?[] read)
    {
        int gain = 0;
        for (int i = 0; i < dates.Length; i++)
        {
            gain += dates[i] is not null && read[i] is null ? 1 : 0;
        }

        return gain;
    }

    private static bool Disagrees(DateOnly?[] dates, DateOnly?[] read)
    {
        for (int i = 0; i < dates.Length; i++)
        {
            if (dates[i] is { } date && read[i] is { } other && date != other)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDayFirst(DatePattern pattern)
    {
        string format = pattern.ToString();
        return format.IndexOf('d', StringComparison.Ordinal) < format.IndexOf('M', StringComparison.Ordinal);
    }
}
