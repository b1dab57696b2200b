using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Billing.Local.Http;

/// <summary>An HTTP server on the loopback address. Kestrel without a host, because a host would handle Ctrl+C itself.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly CancellationTokenSource _stopping;
    private readonly ServiceProvider _services;

    private LoopbackServer(KestrelServer server, CancellationTokenSource stopping, ServiceProvider services)
    {
        _server = server;
        _stopping = stopping;
        _services = services;
        Port = new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;
    }

    public int Port { get; }

    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="answer">Answers one request. Its token is cancelled when the client disconnects or the server stops.</param>
    public static async Task<LoopbackServer> StartAsync(int port, Func<HttpContext, CancellationToken, Task> answer, CancellationToken cancellationToken)
    {
        ServiceProvider services = new ServiceCollection().AddLogging().BuildServiceProvider();
        KestrelServerOptions options = new() { AddServerHeader = false, ApplicationServices = services };
        options.Listen(IPAddress.Loopback, port);
        KestrelServer server = new(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        CancellationTokenSource stopping = new();
        try
        {
            await server.StartAsync(new Requests(answer, stopping.Token), cancellationToken);
            return new LoopbackServer(server, stopping, services);
        }
        catch (IOException exception)
        {
            server.Dispose();
            stopping.Dispose();
            await services.DisposeAsync();
            throw new LocalException($"Port {port} of this machine cannot be used: {exception.Message} Choose another port.", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        // The token ends waiting requests; the server does not wait for any that remain.
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2));
        await _server.StopAsync(patience.Token);
        _server.Dispose();
        _stopping.Dispose();
        await _services.DisposeAsync();
    }

    private sealed class Requests(Func<HttpContext, CancellationToken, Task> answer, CancellationToken stopping) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public async Task ProcessRequestAsync(HttpContext context)
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            try
            {
                await answer(context, either.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException || (exception is IOException && either.IsCancellationRequested))
            {
                context.Abort();
            }
        }

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
