var builder = WebApplication.CreateBuilder(args);
builder.Services.AddTokenfall().AddDemo();

var app = builder.Build();
app.UseFileServer();
app.MapTokenfall("/ask/stream");
app.Run();
