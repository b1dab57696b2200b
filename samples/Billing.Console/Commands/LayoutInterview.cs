using System.Globalization;
using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Commands;

/// <summary>Asks a person at a terminal what a proposal leaves open. After each answer the file is looked at again: it may settle other questions, or raise some.</summary>
internal sealed class LayoutInterview(Terminal terminal, TextReader answers, IBillingSource source)
{
    /// <summary>Asks until nothing is open, or left open.</summary>
    /// <param name="stated">What was stated before.</param>
    /// <param name="proposal">What was proposed then.</param>
    public async Task<LayoutProposal> RunAsync(SourceLayout stated, LayoutProposal proposal, CancellationToken cancellationToken)
    {
        HashSet<LayoutQuestion> asked = [];
        while (proposal.Questions.FirstOrDefault(asked.Add) is { } question)
        {
            if (await AskAsync(question, stated, cancellationToken) is { } answered && answered != stated)
            {
                stated = answered;
                proposal = await LayoutInspector.InspectAsync(source, stated, cancellationToken);
            }
        }

        return proposal;
    }

    /// <returns>The layout with the answer; null where the question is left open.</returns>
    private async Task<SourceLayout?> AskAsync(LayoutQuestion question, SourceLayout stated, CancellationToken cancellationToken)
    {
        IAnsiConsole console = terminal.Out;
        console.WriteLine();
        Sentence.Write(console, question.Text, Styles.Attention);
        for (int i = 0; i < question.Answers.Count; i++)
        {
            Sentence.Write(console, question.Answers[i].Text, string.Create(CultureInfo.InvariantCulture, $"  {i + 1}  "), Styles.Heading);
        }

        string how = question.Example is null ? "A number" : question.Answers.Count == 0 ? $"Such as {question.Example}" : $"A number, or a text such as {question.Example}";
        while (true)
        {
            console.Write($"{how}; Enter leaves it open: ", Styles.Quiet);
            // A console does not hear of the cancellation while it waits for a line.
            string? line = (await Task.Run(answers.ReadLine, cancellationToken).WaitAsync(cancellationToken))?.Trim();
            if (string.IsNullOrEmpty(line))
            {
                return null;
            }

            try
            {
                if (Answer(question, stated, line) is { } answered)
                {
                    return answered;
                }

                Sentence.Write(console, $"'{line}' is not one of the answers.", Styles.Bad);
            }
            catch (BillingConfigurationException exception)
            {
                Sentence.Write(console, exception.Message, Styles.Bad);
            }
        }
    }

    private static SourceLayout? Answer(LayoutQuestion question, SourceLayout stated, string line) =>
        int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= question.Answers.Count ? question.Answers[number - 1].Apply(stated)
        : question.Example is not null ? question.Answer(stated, line)
        : null;
}
