using System.CommandLine;
using Billing.Aws;
using Billing.Console.Arguments;
using Billing.Console.Generation;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;
using Billing.Console.Views;
using Billing.Generators;

namespace Billing.Console.Commands;

/// <summary>Takes generated messages to where they are to go: the standard output, a file, a store or a queue.</summary>
internal sealed class GenerateMessages(ParseResult parse, CommandOptions options, GenerateOptions generate, Terminal terminal, GeneratedMessages messages)
{
    private const int CallsAtOnce = 4;
    private const int LargestDelivery = 100 * CallsAtOnce;
    private const int DeliveriesPerSecond = 4;

    private readonly int? _rate = parse.GetValue(generate.Rate);
    private readonly bool _json = parse.GetValue(options.Json);

    // A quarter of a second at a time: a slow rate is even, and a fast one goes in few calls.
    private int DeliverySize => _rate is { } rate ? Math.Clamp(rate / DeliveriesPerSecond, 1, LargestDelivery) : LargestDelivery;

    /// <summary>Gives a command that makes messages its places, and its action.</summary>
    public static Command Complete(Command command, CommandOptions options, GenerateOptions generate, Terminal terminal, Func<ParseResult, GeneratedMessages> make)
    {
        foreach (Option option in (Option[])[generate.Rate, options.DataOut, generate.To, .. GenerateOptions.OfStore(options), options.Json])
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellationToken) => new GenerateMessages(parse, options, generate, terminal, make(parse)).RunAsync(cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        string? file = parse.GetValue(options.DataOut);
        string? to = parse.GetValue(generate.To);
        if (to is not null && file is not null)
        {
            throw new UsageException("--out and --to are two targets. Name one; another run with the same seed makes the same messages.");
        }

        QueueTarget? queue = null;
        bool isStore = to is not null && !QueueTarget.TryParse(to, out queue);
        if (!isStore && GenerateOptions.OfStore(options).FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } idle)
        {
            throw new UsageException($"{idle.Name} is for a store: messages go to a file or a queue unchanged. Name a store with --to, or leave {idle.Name} out.");
        }

        return isStore ? await ToStoreAsync(StoreAddress.Parse(to!, terminal), cancellationToken)
            : queue is not null ? await ToQueueAsync(queue, cancellationToken)
            : await ToLinesAsync(file, cancellationToken);
    }

    private Task<int> ToStoreAsync(IStore store, CancellationToken cancellationToken)
    {
        PipelineArguments settings = PipelineArguments.Read(parse, options) with { Layout = messages.Layout };
        return Ingestion.RunAsync([new MessageSource(messages, _rate, terminal.TimeProvider)], settings, store, isDryRun: false, _json, terminal, cancellationToken);
    }

    private async Task<int> ToQueueAsync(QueueTarget address, CancellationToken cancellationToken)
    {
        using AwsConnection connection = address.Connect(terminal.TimeProvider);
        QueueOutput output = new(new SqsProducer(address.Open(connection), CallsAtOnce));
        bool isCancelled = false;
        try
        {
            await DeliverAsync(output, cancellationToken);
        }
        catch (QueueDownException)
        {
            // The statement counts what was not tried, and says why.
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isCancelled = true;
        }

        SendStatement statement = new(address.ToString(), messages, output.Sent, output.Unsent, isCancelled);
        if (_json)
        {
            await JsonOutput.WriteAsync(terminal, writer => SendJson.Write(writer, statement));
        }
        else
        {
            SendView.Write(terminal.Out, statement);
        }

        if (statement.Error is { } error)
        {
            terminal.WriteError(error);
        }

        return statement.ExitCode;
    }

    private async Task<int> ToLinesAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            if (_json)
            {
                throw new UsageException("Without --out or --to the messages go to standard output, so --json cannot be used. Name a file with --out.");
            }

            await DeliverAsync(new LinesOutput(terminal.Output), cancellationToken);
            await terminal.Output.FlushAsync(cancellationToken);
            return ExitCode.Success;
        }

        long written;
        long bytes;
        await using (FileStream stream = new(file, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 1 << 16 }))
        {
            written = await DeliverAsync(new LinesOutput(stream), cancellationToken);
            bytes = stream.Length;
        }

        if (_json)
        {
            await JsonOutput.WriteAsync(terminal, writer => GeneratedFileJson.Write(writer, file, messages, written, bytes));
        }
        else
        {
            Sentence.Write(terminal.Out, $"{Figures.Count(written, "message")}, {Figures.Bytes(bytes)}, written to {file}.");
        }

        return ExitCode.Success;
    }

    private Task<long> DeliverAsync(IMessageOutput output, CancellationToken cancellationToken) =>
        new PacedOutput(output, DeliverySize, _rate, terminal.TimeProvider).WriteAsync(messages.Messages, cancellationToken);
}
