using System.Text.Json;

namespace Billing.Web.Client.Host;

/// <summary>Answers that come with the page, by the path of their question. Each is used once: whoever asks again asks the host.</summary>
public sealed class FirstAnswers
{
    private readonly Dictionary<string, FirstAnswer> _answers = new(StringComparer.Ordinal);

    /// <summary>The questions that have an answer.</summary>
    public IReadOnlyCollection<string> Paths => _answers.Keys;

    /// <summary>Adds an answer.</summary>
    public void Add(string path, FirstAnswer answer) => _answers[path] = answer;

    /// <summary>Adds those that <see cref="ToJson"/> wrote.</summary>
    public void Load(string json)
    {
        foreach ((string path, FirstAnswer answer) in JsonSerializer.Deserialize(json, PageJsonContext.Default.DictionaryStringFirstAnswer) ?? [])
        {
            Add(path, answer);
        }
    }

    /// <summary>Takes the answer to a question, or null if it did not come.</summary>
    public FirstAnswer? Take(string path) => _answers.Remove(path, out FirstAnswer? answer) ? answer : null;

    /// <summary>All of them in JSON without angle brackets, which may stand in a page whatever is in them.</summary>
    public string ToJson() => JsonSerializer.Serialize(_answers, PageJsonContext.Default.DictionaryStringFirstAnswer);
}
