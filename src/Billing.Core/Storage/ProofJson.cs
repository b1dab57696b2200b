using System.Globalization;
using System.Text.Json;

namespace Billing.Storage;

/// <summary>Reads and writes the proof in the JSON of a run's report. A run of which nothing was stated has none.</summary>
internal static class ProofJson
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Writes the member <c>proof</c>, if anything was stated.</summary>
    public static void Write(Utf8JsonWriter json, IngestProof proof)
    {
        if (proof.Outcome == ProofOutcome.Unproved && proof.Figures.Count == 0)
        {
            return;
        }

        json.WriteStartObject("proof");
        json.WriteString("outcome", proof.Outcome.ToString());
        json.WriteStartArray("figures");
        foreach (StatedFigure figure in proof.Figures)
        {
            json.WriteStartObject();
            json.WriteString("kind", figure.Kind.ToString());
            json.WriteString("currency", figure.Currency);
            json.WriteString("stated", figure.Stated.ToString());
            json.WriteString("found", figure.Found?.ToString());
            json.WriteString("by", figure.By);
            if (figure.Line is { } line)
            {
                json.WriteNumber("line", line);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (string problem in proof.Problems)
        {
            json.WriteStringValue(problem);
        }

        json.WriteEndArray();
        Write(json, "openings", proof.Openings);
        Write(json, "closings", proof.Closings);
        json.WriteString("firstDate", proof.FirstDate?.ToString(DateFormat, CultureInfo.InvariantCulture));
        json.WriteString("lastDate", proof.LastDate?.ToString(DateFormat, CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter, IngestProof)"/> wrote into a report.</summary>
    public static IngestProof Read(JsonElement report) => !report.TryGetProperty("proof", out JsonElement proof) ? IngestProof.Unproved : new IngestProof
    {
        Outcome = Enum.Parse<ProofOutcome>(proof.GetProperty("outcome").GetString()!),
        Figures = [.. proof.GetProperty("figures").EnumerateArray().Select(Figure)],
        Problems = [.. proof.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!)],
        Openings = Sums(proof.GetProperty("openings")),
        Closings = Sums(proof.GetProperty("closings")),
        FirstDate = Date(proof.GetProperty("firstDate")),
        LastDate = Date(proof.GetProperty("lastDate")),
    };

    private static StatedFigure Figure(JsonElement figure) => new()
    {
        Kind = Enum.Parse<StatedFigureKind>(figure.GetProperty("kind").GetString()!),
        Currency = figure.GetProperty("currency").GetString()!,
        Stated = ExactSum.Parse(figure.GetProperty("stated").GetString()!),
        Found = figure.GetProperty("found").GetString() is { } found ? ExactSum.Parse(found) : null,
        By = figure.GetProperty("by").GetString()!,
        Line = figure.TryGetProperty("line", out JsonElement line) ? line.GetInt64() : null,
    };

    private static Dictionary<string, ExactSum> Sums(JsonElement sums) =>
        sums.EnumerateObject().ToDictionary(sum => sum.Name, sum => ExactSum.Parse(sum.Value.GetString()!), StringComparer.Ordinal);

    private static DateOnly? Date(JsonElement date) =>
        date.GetString() is { } text ? DateOnly.ParseExact(text, DateFormat, CultureInfo.InvariantCulture) : null;

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, ExactSum> sums)
    {
        json.WriteStartObject(name);
        foreach ((string currency, ExactSum sum) in sums)
        {
            json.WriteString(currency, sum.ToString());
        }

        json.WriteEndObject();
    }
}
