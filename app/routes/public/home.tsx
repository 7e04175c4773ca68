export default function Home() {
  return <h1>Kết Nghĩa</h1>;
}
